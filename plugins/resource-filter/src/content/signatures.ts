import { Buffer } from 'node:buffer';

/** First bytes by which a type of file is known. */
export interface Signature {
  readonly mediaType: string;
  /** Where the bytes stand. */
  readonly offset: number;
  readonly bytes: Buffer;
}

function at(offset: number, mediaType: string, ...texts: readonly string[]): Signature[] {
  return texts.map((text) => ({ mediaType, offset, bytes: Buffer.from(text, 'latin1') }));
}

/**
 * Types that are told by their first bytes. A table and no parser: what is looked at may be hostile.
 * @see https://mimesniff.spec.whatwg.org/ and the file formats' own specifications
 */
export const signatures: readonly Signature[] = [
  ...at(0, 'image/png', '\x89PNG\r\n\x1a\n'),
  ...at(0, 'image/jpeg', '\xff\xd8\xff'),
  ...at(0, 'image/gif', 'GIF87a', 'GIF89a'),
  ...at(8, 'image/webp', 'WEBPVP8'),
  ...at(0, 'image/tiff', 'II*\0', 'MM\0*'),
  ...at(0, 'image/x-icon', '\0\0\x01\0'),
  ...at(4, 'image/avif', 'ftypavif', 'ftypavis'),
  ...at(4, 'image/heic', 'ftypheic', 'ftypheix', 'ftypmif1'),
  ...at(8, 'audio/wav', 'WAVE'),
  ...at(0, 'audio/mpeg', 'ID3', '\xff\xfb', '\xff\xf3', '\xff\xf2'),
  ...at(0, 'audio/flac', 'fLaC'),
  ...at(0, 'audio/midi', 'MThd'),
  ...at(0, 'application/ogg', 'OggS\0'),
  ...at(8, 'video/x-msvideo', 'AVI '),
  ...at(0, 'video/webm', '\x1aE\xdf\xa3'),
  ...at(4, 'video/mp4', 'ftyp'),
  ...at(0, 'application/pdf', '%PDF-'),
  ...at(0, 'application/zip', 'PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'),
  ...at(0, 'application/gzip', '\x1f\x8b\x08'),
  ...at(0, 'application/x-bzip2', 'BZh'),
  ...at(0, 'application/x-xz', '\xfd7zXZ\0'),
  ...at(0, 'application/zstd', '\x28\xb5\x2f\xfd'),
  ...at(0, 'application/x-7z-compressed', '7z\xbc\xaf\x27\x1c'),
  ...at(0, 'application/vnd.rar', 'Rar!\x1a\x07'),
  ...at(257, 'application/x-tar', 'ustar'),
  ...at(0, 'application/x-ole-storage', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  ...at(0, 'application/vnd.sqlite3', 'SQLite format 3\0'),
  ...at(0, 'application/vnd.microsoft.portable-executable', 'MZ'),
  ...at(0, 'application/x-elf', '\x7fELF'),
  ...at(
    0,
    'application/x-mach-binary',
    '\xfe\xed\xfa\xce',
    '\xfe\xed\xfa\xcf',
    '\xce\xfa\xed\xfe',
    '\xcf\xfa\xed\xfe',
  ),
  ...at(0, 'application/java-vm', '\xca\xfe\xba\xbe'),
  ...at(0, 'application/wasm', '\0asm'),
];

/** Bytes that are enough for every signature. */
export const probeLength = 512;
