import { isSame } from '../payload/is-same.js';
import { withoutAddedNulls } from './added-nulls.js';
import { withBothKeys, withOneKey } from './media-type-key.js';
import { isJsonObject, type JsonObject } from './wire-error.js';

/**
 * A payload in pieces that a Python plugin understands. Each is a call of its own, because its guards look at one content
 * with `.text` or `.blob` and know no `error`.
 */
export interface ClassicParts {
  readonly parts: readonly JsonObject[];
  /** Our payload with what the peer changed in the parts; undefined where a part came back as it was, or at all. */
  readonly merge: (modified: readonly (JsonObject | undefined)[]) => JsonObject | undefined;
}

/** Splits an encoded payload for a peer that does not have the feature `native_payloads`. */
export function splitForClassicPeer(hook: string, payload: JsonObject): ClassicParts {
  if (isJsonObject(payload['error'])) return splitError(hook, payload, payload['error']);
  const { content } = payload;
  if (hook === 'resource_post_fetch' && isJsonObject(content) && Array.isArray(content['contents'])) {
    return splitContents(payload, content, content['contents']);
  }
  return {
    parts: [payload],
    merge: ([modified]) =>
      modified === undefined ? undefined : (withoutAddedNulls(modified, payload) as JsonObject),
  };
}

/** One call per block. A result without any is shown as an empty text, so that the guard runs all the same. */
function splitContents(payload: JsonObject, content: JsonObject, contents: readonly unknown[]): ClassicParts {
  const blocks = contents.length === 0 ? [{ uri: payload['uri'], text: '' }] : contents;
  const parts = blocks.map((block) => ({
    ...payload,
    content: isJsonObject(block) ? { type: 'resource', ...withBothKeys(block) } : block,
  }));
  return {
    parts,
    merge(modified) {
      if (modified.every((part) => part === undefined)) return undefined;
      const merged = blocks.map((block, index) => {
        const part = modified[index];
        return part === undefined ? block : toBlock(part['content'], block);
      });
      const isStillEmpty = contents.length === 0 && isSame(merged, blocks);
      // What else a part changed (a `uri`, a new field) stays, so that the host's checks see it.
      const fields = Object.assign({}, payload, ...modified) as JsonObject;
      return { ...fields, content: { ...content, contents: isStillEmpty ? [] : merged } };
    },
  };
}

function toBlock(content: unknown, before: unknown): unknown {
  if (!isJsonObject(content) || !isJsonObject(before)) return content;
  const { type, ...block } = withoutAddedNulls(withOneKey(content, before), before) as JsonObject;
  return Object.hasOwn(before, 'type') ? { type, ...block } : block;
}

/** An error goes as a result with its text, once for the message and once for the data. */
function splitError(hook: string, payload: JsonObject, error: JsonObject): ClassicParts {
  const hasData = error['data'] !== undefined;
  const texts = [String(error['message']), ...(hasData ? [JSON.stringify(error['data'])] : [])];
  const field = hook === 'resource_post_fetch' ? 'content' : 'result';
  const { error: _error, ...rest } = payload;
  return {
    parts: texts.map((text) => ({ ...rest, [field]: errorResult(hook, text, payload['uri']) })),
    merge(modified) {
      if (modified.every((part) => part === undefined)) return undefined;
      const [message, data] = texts.map((text, index) => {
        const part = modified[index];
        return part === undefined ? text : textOf(hook, part[field]);
      });
      const fields = Object.assign({}, rest, ...modified) as Record<string, unknown>;
      delete fields[field];
      return {
        ...fields,
        error: { ...error, message, ...(data === undefined ? {} : { data: parseIfJson(data) }) },
      };
    },
  };
}

function errorResult(hook: string, text: string, uri: unknown): JsonObject {
  const block = { type: 'text', text };
  if (hook === 'resource_post_fetch') return { type: 'resource', uri, text };
  if (hook === 'prompt_post_fetch') return { messages: [{ role: 'user', content: block }] };
  return { content: [block], isError: true };
}

/** The text of a result that `errorResult` made; of one that the peer replaced by something else, all of it. */
function textOf(hook: string, result: unknown): string {
  const holder: unknown =
    hook === 'resource_post_fetch'
      ? result
      : hook === 'prompt_post_fetch'
        ? firstOf(result, 'messages', 'content')
        : firstOf(result, 'content');
  return isJsonObject(holder) && typeof holder['text'] === 'string' ? holder['text'] : JSON.stringify(result);
}

function firstOf(value: unknown, list: string, field?: string): unknown {
  const items: unknown = isJsonObject(value) ? value[list] : undefined;
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  return field !== undefined && isJsonObject(first) ? first[field] : first;
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
