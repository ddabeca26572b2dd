import { Buffer } from 'node:buffer';

/** One content of a resource, as far as the filter looks at it. */
export interface ContentPart {
  readonly uri: string | undefined;
  readonly mimeType: string | undefined;
  /** Text, base64 or bytes; what is neither is its JSON. */
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'base64'; readonly base64: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
}

/**
 * The contents of what `resources/read` gave: MCP's `{ contents: [...] }`, a list, one block (also an embedded
 * `resource`), or bare text. A form that is not known is looked at as the text of its JSON, so nothing has no size.
 */
export function contentParts(content: unknown): readonly ContentPart[] {
  if (Array.isArray(content)) return content.flatMap(contentParts);
  if (!isRecord(content)) return [typeof content === 'string' ? textPart(content, {}) : jsonPart(content)];
  if (Array.isArray(content['contents'])) return contentParts(content['contents']);
  if (isRecord(content['resource'])) return contentParts(content['resource']);
  const { text, blob } = content;
  const parts: ContentPart[] = [];
  if (typeof text === 'string') parts.push(textPart(text, content));
  if (typeof blob === 'string') parts.push({ ...labels(content), body: { kind: 'base64', base64: blob } });
  if (blob instanceof Uint8Array) parts.push({ ...labels(content), body: { kind: 'bytes', bytes: blob } });
  return parts.length > 0 ? parts : [jsonPart(content)];
}

/** Bytes of a content: UTF-8 of a text; of base64 the most that it can decode to. */
export function sizeOf({ body }: ContentPart): number {
  switch (body.kind) {
    case 'text':
      return Buffer.byteLength(body.text);
    case 'base64':
      return Buffer.byteLength(body.base64, 'base64');
    case 'bytes':
      return body.bytes.length;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function labels({ uri, mimeType }: Fields): Pick<ContentPart, 'uri' | 'mimeType'> {
  return {
    uri: typeof uri === 'string' && uri !== '' ? uri : undefined,
    mimeType: typeof mimeType === 'string' ? mimeType : undefined,
  };
}

function textPart(text: string, fields: Fields): ContentPart {
  return { ...labels(fields), body: { kind: 'text', text } };
}

function jsonPart(value: unknown): ContentPart {
  if (value instanceof Uint8Array) return { ...labels({}), body: { kind: 'bytes', bytes: value } };
  return textPart(JSON.stringify(value) ?? '', isRecord(value) ? value : {});
}
