import { describe, expect, it } from 'vitest';
import { contentParts } from '../../src/content/content-parts.js';
import { MediaTypeCheck } from '../../src/content/media-type-check.js';
import { sniffMediaType } from '../../src/content/sniff-media-type.js';
import { resourceFilterSettings } from '../../src/index.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const partOf = (fields: object) => {
  const [part] = contentParts(fields);
  if (part === undefined) throw new Error('no part');
  return part;
};
const blob = (text: string, mimeType?: string) => partOf({ mimeType, blob: bytes(text).toString('base64') });
const isRefused = (part: ReturnType<typeof partOf>, settings: object) =>
  new MediaTypeCheck(resourceFilterSettings.parse(settings)).check(part) !== undefined;

describe('sniffMediaType', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
    ['\0\0\0\x20ftypavif', 'image/avif'],
    ['\0\0\0\x20ftypisom', 'video/mp4'],
    ['%PDF-1.7', 'application/pdf'],
    ['PK\x03\x04', 'application/zip'],
    ['\x7fELF', 'application/x-elf'],
    [`${'\0'.repeat(257)}ustar`, 'application/x-tar'],
    ['\n  <!DOCTYPE html><p>', 'text/html'],
    ['<script>', 'text/html'],
    ['<svg xmlns="">', 'image/svg+xml'],
    ['<?xml version="1.0"?><svg >', 'image/svg+xml'],
    ['<?xml version="1.0"?><a/>', 'application/xml'],
    ['plain words', undefined],
    ['', undefined],
  ])('of %j is %s', (text, type) => {
    expect(sniffMediaType(blob(text))).toBe(type);
    expect(sniffMediaType(partOf({ blob: new Uint8Array(bytes(text)) }))).toBe(type);
  });

  it('reads past white space before base64 and before text', () => {
    expect(sniffMediaType(partOf({ blob: `\n\n${bytes('MZ\x90').toString('base64')}` }))).toBe(
      'application/vnd.microsoft.portable-executable',
    );
    expect(sniffMediaType(partOf({ text: '\uFEFF \n<html>' }))).toBe('text/html');
  });
});

describe('MediaTypeCheck', () => {
  const allowed_mime_types = [
    'image/*',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'text/plain',
  ];

  it.each([
    ['a listed type', blob('\x89PNG\r\n\x1a\n', 'image/png')],
    ['another listed type than the stated one', blob('\xff\xd8\xff', 'image/png')],
    ['letter case, parameters and other names', blob('\xff\xd8\xff', 'Image/JPG; q=1')],
    [
      'a type within a container',
      blob('PK\x03\x04', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
    ],
    ['text without a type', partOf({ text: 'words' })],
    ['a blob without a type, by its bytes', blob('GIF89a')],
  ])('lets %s through', (_what, part) => expect(isRefused(part, { allowed_mime_types })).toBe(false));

  it.each([
    ['another type', blob('x', 'application/json')],
    ['a program that calls itself an image', blob('\x7fELF', 'image/png')],
    ['an archive that calls itself text', blob('PK\x03\x04', 'text/plain')],
    ['HTML that calls itself text', partOf({ mimeType: 'text/plain', text: '<html><script>' })],
    ['an image without its signature', blob('words', 'image/png')],
    ['a blob of unknown kind', blob('words')],
    ['a blob with an empty type', blob('words', ' ')],
  ])('refuses %s', (_what, part) => expect(isRefused(part, { allowed_mime_types })).toBe(true));

  it.each([
    ['application/json', 'application/json'],
    ['application/x-anything', 'application/…'],
    ['anything/at-all', undefined],
  ])('says of the stated type %s: %s', (mimeType, described) => {
    const check = new MediaTypeCheck(resourceFilterSettings.parse({ allowed_mime_types: ['image/*'] }));
    expect(check.check(partOf({ mimeType, text: 'x' }))?.details?.['mime_type']).toBe(described);
  });

  it('goes by the stated type alone when told so', () => {
    expect(isRefused(blob('\x7fELF', 'image/png'), { allowed_mime_types, check_magic_bytes: false })).toBe(
      false,
    );
  });

  it('lets everything through without a list', () =>
    expect(isRefused(blob('\x7fELF', 'x/y'), {})).toBe(false));
});
