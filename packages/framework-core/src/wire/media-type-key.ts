import { isJsonObject, type JsonObject } from './wire-error.js';

const ours = 'mimeType';
const classic = 'mime_type';

/** Whether a content block has its media type under the key of the oldest gateway. */
export function isClassicBlock(block: unknown): boolean {
  if (!isJsonObject(block)) return false;
  return (Object.hasOwn(block, classic) && !Object.hasOwn(block, ours)) || isClassicBlock(block['resource']);
}

/** A content block, an embedded resource included, with its media type under MCP's key. */
export function toOurBlock(block: unknown): unknown {
  return renamed(block, classic, ours);
}

/** The way back. */
export function toClassicBlock(block: unknown): unknown {
  return renamed(block, ours, classic);
}

function renamed(block: unknown, from: string, to: string): unknown {
  if (!isJsonObject(block)) return block;
  const hasKey = Object.hasOwn(block, from) && !Object.hasOwn(block, to);
  const entries = Object.entries(block).map(([key, value]) => [
    hasKey && key === from ? to : key,
    key === 'resource' ? renamed(value, from, to) : value,
  ]);
  return Object.fromEntries(entries) as JsonObject;
}

/** A block for a peer that may know either key. */
export function withBothKeys(block: JsonObject): JsonObject {
  return Object.hasOwn(block, ours) && !Object.hasOwn(block, classic)
    ? { ...block, [classic]: block[ours] }
    : block;
}

/** What comes back of such a block: one key, with whichever value was changed. */
export function withOneKey(block: JsonObject, before: JsonObject): JsonObject {
  if (!Object.hasOwn(before, ours) || Object.hasOwn(before, classic) || !Object.hasOwn(block, classic))
    return block;
  const { [classic]: classicValue, ...rest } = block;
  const isChanged = classicValue !== null && classicValue !== before[ours] && rest[ours] === before[ours];
  return isChanged || !Object.hasOwn(rest, ours) ? { ...rest, [ours]: classicValue } : rest;
}
