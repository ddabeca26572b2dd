import { FrameworkError } from '../errors/framework-error.js';
import { parseWireJson, type WireLimits } from './parse-wire-json.js';
import { isJsonObject, type JsonObject, requireObject, wireInvalid } from './wire-error.js';

/** A reply as the result of an MCP tool call: one text item with JSON, and the same as `structuredContent`. */
export function toToolResult(reply: JsonObject | readonly JsonObject[]): JsonObject {
  const content = [{ type: 'text', text: JSON.stringify(reply) }];
  return Array.isArray(reply) ? { content } : { content, structuredContent: reply };
}

/** The same for clients that read `structuredContent`: half the bytes. */
export function toStructuredToolResult(reply: JsonObject): JsonObject {
  return { content: [], structuredContent: reply };
}

/** An MCP error result, for what is wrong with the call itself. */
export function toToolError(message: string): JsonObject {
  return { content: [{ type: 'text', text: message }], isError: true };
}

const noTexts: readonly TextItem[] = [];

/**
 * The JSON that a tool result carries: of the first text item that has one, otherwise `structuredContent`. Texts win,
 * because Python peers write nothing else; an empty result is undefined.
 * @throws FrameworkError `WIRE_INVALID`, `PAYLOAD_TOO_LARGE`, `REMOTE_PLUGIN_ERROR` when the server marks the result as an error
 */
export function readToolResult(value: unknown, limits?: WireLimits): unknown {
  const result = requireObject(value, 'the tool result');
  const content = result['content'] ?? [];
  if (!Array.isArray(content)) throw wireInvalid('the content of the tool result', 'is not an array');
  const { structuredContent } = result;
  const texts = content.length === 0 ? noTexts : content.filter(isTextItem);
  if (result['isError'] === true) {
    const said = texts[0]?.text.slice(0, 200) ?? 'no text';
    throw new FrameworkError('REMOTE_PLUGIN_ERROR', `the server answered with an error: ${said}`);
  }
  if (texts.length === 0) return structuredContent ?? undefined;
  if (texts.length === 1 && texts[0] !== undefined) return parseWireJson(texts[0].text, limits);
  return readSeveral(texts, limits);
}

/** Python hosts take the first item that has a result or an error; what is no such thing is passed over. */
function readSeveral(texts: readonly TextItem[], limits: WireLimits | undefined): unknown {
  const values = texts.map(({ text }) => parseWireJson(text, limits));
  return values.find((value) => isJsonObject(value) && ('result' in value || 'error' in value)) ?? values;
}

interface TextItem {
  readonly type: 'text';
  readonly text: string;
}

function isTextItem(item: unknown): item is TextItem {
  return isJsonObject(item) && item['type'] === 'text' && typeof item['text'] === 'string';
}
