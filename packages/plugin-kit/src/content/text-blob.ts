import { Buffer } from 'node:buffer';
import { FrameworkError } from '@mcpplugins/framework-core';

/** Characters that are looked at before a whole blob is decoded; a multiple of 4. */
const probeLength = 64;
const base64Text = /^[A-Za-z0-9+/]*={0,2}$/;
// Control characters that no text has: everything below space but tab, line feed, form feed, carriage return.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const binaryCharacter = /[\u0000-\u0008\u000b\u000e-\u001f]/;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text that a base64 blob holds, or undefined when it holds binary data. What counts are the bytes, not the
 * media type: a text that calls itself an image is read all the same. Images cost the decoding of 64 characters.
 * @throws FrameworkError `CONTENT_TOO_LARGE` for a text of more than `maxLength` base64 characters
 */
export function decodeTextBlob(blob: string, maxLength: number): string | undefined {
  // Latin-1 keeps a character that the probe cuts in half from counting as binary.
  const probe = Buffer.from(blob.slice(0, probeLength), 'base64').toString('latin1');
  if (probe === '' || binaryCharacter.test(probe)) return undefined;
  if (blob.length > maxLength) {
    throw new FrameworkError(
      'CONTENT_TOO_LARGE',
      `a blob with text is longer than ${maxLength} base64 characters`,
    );
  }
  if (!base64Text.test(blob)) return undefined;
  try {
    const text = strictUtf8.decode(Buffer.from(blob, 'base64'));
    return binaryCharacter.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Text as base64 of its UTF-8 bytes. */
export function encodeTextBlob(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
