import { FrameworkError } from '../errors/framework-error.js';
import { wireInvalid } from './wire-error.js';

/** Bounds of one JSON text of a peer. */
export interface WireLimits {
  /** UTF-16 units. */
  readonly maxCharacters: number;
  /** Levels of objects and arrays, the envelope's own included. */
  readonly maxDepth: number;
}

/** Bounds that are used where none are given: 4 Mi characters, and core's 200 levels with room for the envelope. */
export const defaultWireLimits: WireLimits = Object.freeze({ maxCharacters: 4_194_304, maxDepth: 210 });

/**
 * Parses JSON of a peer. Both bounds are checked before anything is built from the text.
 * @throws FrameworkError `PAYLOAD_TOO_LARGE`, `WIRE_INVALID`
 */
export function parseWireJson(text: string, limits: WireLimits = defaultWireLimits): unknown {
  if (text.length > limits.maxCharacters) {
    throw new FrameworkError(
      'PAYLOAD_TOO_LARGE',
      `the peer sent ${text.length} characters; the limit is ${limits.maxCharacters}`,
    );
  }
  if (isDeeperThan(text, limits.maxDepth)) {
    throw new FrameworkError(
      'PAYLOAD_TOO_LARGE',
      `the peer sent JSON that is nested deeper than ${limits.maxDepth} levels`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text, which may be payload.
    throw wireInvalid('the answer', 'is not JSON');
  }
}

/** Whether a JSON text is nested deeper than `maxDepth`. What is no JSON gets some answer; the parser will refuse it. */
export function isDeeperThan(text: string, maxDepth: number): boolean {
  return hasMoreBrackets(text, maxDepth) && depthExceeds(text, maxDepth);
}

/** Most texts have few brackets: counting those by `indexOf` is many times faster than looking at every character. */
function hasMoreBrackets(text: string, limit: number): boolean {
  let found = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++found > limit) return true;
    }
  }
  return false;
}

function depthExceeds(text: string, maxDepth: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x7b:
      case 0x5b:
        if (++depth > maxDepth) return true;
        break;
      case 0x7d:
      case 0x5d:
        depth--;
        break;
    }
  }
  return false;
}

/** Index of the quote that ends the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
