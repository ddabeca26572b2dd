import { signatures } from './signatures.js';

/** Names that mean the same type. */
const sameTypes: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'video/avi': 'video/x-msvideo',
  'application/x-gzip': 'application/gzip',
  'application/x-zip-compressed': 'application/zip',
  'application/x-rar-compressed': 'application/vnd.rar',
  'application/x-sqlite3': 'application/vnd.sqlite3',
  'text/xml': 'application/xml',
};

/** Types whose files are files of a more general type. */
const containers: Readonly<Record<string, RegExp>> = {
  'application/zip':
    /\+zip$|^application\/(?:vnd\.openxmlformats-|vnd\.oasis\.opendocument|java-archive|vnd\.android\.package)/,
  'application/x-ole-storage': /^application\/(?:msword|vnd\.ms-|x-msi$)/,
  'application/gzip': /\+gzip$|^application\/x-(?:tgz|gtar|compressed-tar)$/,
  'application/ogg': /^(?:audio|video)\/(?:ogg|opus)$/,
  'video/webm': /^(?:audio\/webm|(?:audio|video)\/x-matroska)$/,
  'video/mp4': /^(?:audio\/(?:mp4|x-m4a|aac)|video\/(?:quicktime|x-m4v|3gpp2?)|image\/heif)$/,
  'application/xml': /\+xml$|^text\/html$/,
  'text/html': /^application\/xhtml\+xml$/,
};

/** Types whose files always begin with their signature: without it, the name is wrong. */
const alwaysSigned: ReadonlySet<string> = new Set(
  signatures
    .map(({ mediaType }) => mediaType)
    .filter(
      (type) =>
        type.startsWith('image/') ||
        ['application/pdf', 'application/zip', 'application/gzip'].includes(type),
    ),
);

/** Lower case, without parameters, under its usual name. */
export function canonicalMediaType(text: string): string {
  const type = (text.split(';', 1)[0] ?? '').trim().toLowerCase();
  return Object.hasOwn(sameTypes, type) ? (sameTypes[type] ?? type) : type;
}

const knownTypes: ReadonlySet<string> = new Set([
  ...signatures.map(({ mediaType }) => mediaType),
  ...Object.keys(sameTypes),
  ...Object.values(sameTypes),
  'text/plain',
  'text/html',
  'text/css',
  'text/csv',
  'text/markdown',
  'text/javascript',
  'application/json',
  'application/octet-stream',
  'image/svg+xml',
]);
/** @see https://www.iana.org/assignments/media-types/ */
const knownGroups = /^(?:application|audio|font|image|message|model|multipart|text|video)\//;

/** A stated type for violations: what is no common type could hold anything, so of it the group alone is said. */
export function describeMediaType(stated: string): string | undefined {
  if (knownTypes.has(stated)) return stated;
  const group = knownGroups.exec(stated)?.[0];
  return group === undefined ? undefined : `${group}…`;
}

/** Whether a file of the stated type may begin as one of the shown type. Both canonical. */
export function agrees(stated: string, shown: string): boolean {
  return stated === shown || containers[shown]?.test(stated) === true;
}

/** Whether the stated type, which is canonical, cannot do without a signature. */
export function needsSignature(stated: string): boolean {
  return alwaysSigned.has(stated);
}
