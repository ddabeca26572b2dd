import type { ReceivedMessage } from '@mcpplugins/mcp-transport';
import { RequestRefused } from '../relay/request-refused.js';
import { rpcCodes } from '../rpc-codes.js';
import { countKeys, scanJson } from './json-shape.js';
import { envelopeKeys, type KeyNames } from './key-names.js';

/** Deeper messages are refused where the gateway has to walk them. */
const maxDepth = 512;

/**
 * The text to send on for a message of which only the envelope was looked at: the original, or what was parsed when a key
 * of the envelope is written twice, so that no receiver can read another method or id than the gateway did.
 * @throws RequestRefused when a key of the envelope has a look-alike
 */
export function envelopeText({ text, message }: ReceivedMessage): string {
  refuseLookalike(message, envelopeKeys);
  return scanJson(text).topKeys === countOwn(message) ? text : JSON.stringify(message);
}

/**
 * The text to send on for a message that plugins look at: the original, or what was parsed when any key is written twice.
 * @throws RequestRefused when a key has a look-alike, when the message is nested too deeply, or has a number that JavaScript cannot hold
 */
export function wholeText({ text, message }: ReceivedMessage, params?: object, keys?: KeyNames): string {
  refuseLookalike(message, envelopeKeys);
  if (params !== undefined && keys !== undefined) refuseLookalike(params, keys);
  const shape = scanJson(text);
  if (shape.depth > maxDepth) {
    throw new RequestRefused(rpcCodes.invalidRequest, `the message is nested deeper than ${maxDepth} levels`);
  }
  const { keys: parsedKeys, isExact } = countKeys(message);
  if (!isExact)
    throw new RequestRefused(
      rpcCodes.invalidRequest,
      'the message has a number beyond the range of a double',
    );
  return shape.keys === parsedKeys ? text : JSON.stringify(message);
}

function refuseLookalike(object: object, names: KeyNames): void {
  const key = names.findLookalike(object);
  if (key === undefined) return;
  throw new RequestRefused(
    rpcCodes.invalidRequest,
    `the key ${JSON.stringify(key.slice(0, 40))} is ambiguous: check its letter case`,
  );
}

function countOwn(object: object): number {
  let count = 0;
  for (const _key in object) count++;
  return count;
}
