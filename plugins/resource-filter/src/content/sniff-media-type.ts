import { Buffer } from 'node:buffer';
import type { ContentPart } from './content-parts.js';
import { probeLength, signatures } from './signatures.js';

/** Base64 characters that are decoded, white space among them. */
const probeCharacters = 4096;

/** Markup that a browser would run or render. @see https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type */
const markup: readonly (readonly [RegExp, string])[] = [
  [/^(?:<!doctype html|<(?:html|head|body|script|iframe)[\s>])/i, 'text/html'],
  [/^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,200}-->\s*)?(?:<!doctype svg|<svg[\s>])/i, 'image/svg+xml'],
  [/^<\?xml[\s?]/i, 'application/xml'],
];

/** The media type that the first bytes show; undefined when they show none. */
export function sniffMediaType({ body }: ContentPart): string | undefined {
  const probe = probeOf(body);
  const signature = signatures.find(({ offset, bytes }) =>
    probe.subarray(offset, offset + bytes.length).equals(bytes),
  );
  if (signature !== undefined) return signature.mediaType;
  const text = probe
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return markup.find(([pattern]) => pattern.test(text))?.[1];
}

function probeOf(body: ContentPart['body']): Buffer {
  switch (body.kind) {
    case 'text':
      return Buffer.from(body.text.trimStart().slice(0, probeLength), 'utf8');
    case 'base64':
      return Buffer.from(body.base64.trimStart().slice(0, probeCharacters), 'base64').subarray(
        0,
        probeLength,
      );
    case 'bytes':
      return Buffer.from(body.bytes.subarray(0, probeLength));
  }
}
