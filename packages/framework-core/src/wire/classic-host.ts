import { FrameworkError } from '../errors/framework-error.js';
import { isClassicBlock, toClassicBlock, toOurBlock } from './media-type-key.js';
import { isJsonObject, type JsonObject } from './wire-error.js';

/** A payload of a Python host in the shape of our contract, and the way back. */
export interface AdoptedPayload {
  readonly payload: JsonObject;
  /** A modification in the shape that the host sent. @throws FrameworkError `RESULT_INVALID` when it has no such shape */
  readonly restore: (modified: JsonObject) => JsonObject;
}

/**
 * Takes a payload as Python hosts send it: a resource's content is one block, arguments or a result that are None are left
 * out, and the oldest gateway writes `is_error` and `mime_type`.
 */
export function adoptClassicPayload(hook: string, payload: JsonObject): AdoptedPayload {
  switch (hook) {
    case 'prompt_pre_fetch':
    case 'tool_pre_invoke':
      return asItIs(payload['args'] === undefined ? { ...payload, args: {} } : payload);
    case 'tool_post_invoke':
      return adoptToolResult(withResult(payload, 'result'));
    case 'prompt_post_fetch':
      return asItIs(withResult(payload, 'result'));
    case 'resource_post_fetch':
      return adoptResource(withResult(payload, 'content'));
    default:
      return asItIs(payload);
  }
}

function asItIs(payload: JsonObject): AdoptedPayload {
  return { payload, restore: (modified) => modified };
}

function withResult(payload: JsonObject, field: string): JsonObject {
  return payload[field] === undefined && payload['error'] === undefined
    ? { ...payload, [field]: null }
    : payload;
}

function adoptToolResult(payload: JsonObject): AdoptedPayload {
  const { result } = payload;
  if (!isJsonObject(result) || result['is_error'] === undefined || result['isError'] !== undefined) {
    return asItIs(payload);
  }
  const { is_error: isError, ...rest } = result;
  const isClassic = Array.isArray(rest['content']) && rest['content'].some(isClassicBlock);
  return {
    payload: { ...payload, result: { ...(isClassic ? mapContent(rest, toOurBlock) : rest), isError } },
    restore(modified) {
      if (!isJsonObject(modified['result'])) return modified;
      const { isError: restored = isError, ...changed } = modified['result'];
      const content = isClassic ? mapContent(changed, toClassicBlock) : changed;
      return { ...modified, result: { ...content, is_error: restored } };
    },
  };
}

function mapContent(result: JsonObject, map: (block: unknown) => unknown): JsonObject {
  const { content } = result;
  return Array.isArray(content) ? { ...result, content: content.map(map) } : result;
}

function adoptResource(payload: JsonObject): AdoptedPayload {
  const { content, uri } = payload;
  if (content === undefined || content === null) return asItIs(payload);
  if (isJsonObject(content) && Array.isArray(content['contents'])) return asItIs(payload);
  const isText = typeof content === 'string';
  const isClassic = isClassicBlock(content);
  const block = isJsonObject(content) ? (toOurBlock(content) as JsonObject) : { text: content };
  const added = Object.hasOwn(block, 'uri') ? {} : { uri };
  return {
    payload: { ...payload, content: { contents: [{ ...added, ...block }] } },
    restore(modified) {
      const only = onlyBlock(modified['content']);
      const restored = isClassic ? (toClassicBlock(only) as JsonObject) : only;
      if (isText) return { ...modified, content: restored['text'] };
      const { uri: sameUri, ...rest } = restored;
      return { ...modified, content: Object.hasOwn(block, 'uri') ? { ...rest, uri: sameUri } : rest };
    },
  };
}

function onlyBlock(content: unknown): JsonObject {
  const contents = isJsonObject(content) ? content['contents'] : undefined;
  const block: unknown = Array.isArray(contents) && contents.length === 1 ? contents[0] : undefined;
  if (isJsonObject(block)) return block;
  throw new FrameworkError(
    'RESULT_INVALID',
    'the modification does not have exactly one content, as the host sent: this host cannot take more or less',
  );
}
