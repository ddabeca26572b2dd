import { Buffer, isUtf8 } from 'node:buffer';
import { codeAt, isAlphanumeric, isHexDigit } from '../scan/characters.js';
import type { Span } from '../detectors/detector.js';
import { nextByte, notText } from './text-bytes.js';

/** How a run of characters encodes a text. */
export type RunEncoding = 'base64' | 'base64url' | 'hex';

/** A run of characters that decodes to a text. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  readonly encoding: RunEncoding;
  /** What it decodes to. */
  readonly text: string;
}

/** Shortest run that is decoded: nine bytes of base64. */
const minLength = 12;
/** Shortest token that is decoded as hex: seven bytes. */
export const minHexLength = 14;
/** Longest run that is decoded; of a longer one its first part, on a boundary of both encodings. */
const maxLength = 1_048_576;
/** Runs up to here are also read in parts, at the characters that join words as well as base64. */
const maxSplitLength = 4096;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const noValue = 255;
const [fullStop, zero, letterX] = [46, 48, 120];
const paddingSign = 61;
/** Value of each ASCII character in base64 and base64url. */
const base64Values = new Uint8Array(128).fill(noValue);
for (const [value, character] of alphabet.split('').entries()) base64Values[character.charCodeAt(0)] = value;
base64Values['-'.charCodeAt(0)] = 62;
base64Values['_'.charCodeAt(0)] = 63;

/**
 * Where base64 may be that holds a value: of an `@` or of digits in a row, it has a capital somewhere. A capital in
 * a run of seven characters: rare in prose, so the RegExp engine passes over it at full speed.
 */
const triggers = /[A-Z](?:[A-Za-z0-9+/_-]{6}|(?<=[A-Za-z0-9+/_-]{6}[A-Z]))/g;
/** A signed token: rewritten, it would be one no longer. It is a credential, not a text. */
const signedToken = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/y;

/**
 * Runs of the text that decode to a text and may hold a value. `hexTokens` are tokens with digits that are long enough
 * for hex, as the scan came across them.
 */
export function findEncodedRuns(text: string, hexTokens: readonly Span[]): EncodedRun[] {
  const runs: EncodedRun[] = [];
  for (const { start, end } of hexTokens) {
    const run = findHex(text, start, end);
    if (run !== undefined) runs.push(run);
  }
  triggers.lastIndex = 0;
  let floor = 0;
  for (let match = triggers.exec(text); match !== null; match = triggers.exec(text)) {
    let start = match.index;
    while (start > floor && isRunUnit(codeAt(text, start - 1))) start--;
    let end = triggers.lastIndex;
    while (isRunUnit(codeAt(text, end))) end++;
    if (end - start >= minLength) {
      const tokenEnd = codeAt(text, end) === fullStop ? endOfSignedToken(text, start) : 0;
      if (tokenEnd > 0) end = tokenEnd;
      else addRuns(runs, text, start, end);
    }
    floor = end;
    triggers.lastIndex = end;
  }
  return runs;
}

/** A text in the encoding of a run, with padding and letter case as they are written. */
export function encodeRun(text: string, encoding: RunEncoding, written: string): string {
  const encoded = Buffer.from(text, 'utf8').toString(encoding);
  if (encoding === 'hex' && /[A-F]/.test(written)) return encoded.toUpperCase();
  return encoding === 'base64' && !written.endsWith('=') && written.length % 4 !== 0
    ? encoded.replace(/=+$/, '')
    : encoded;
}

function isRunUnit(code: number): boolean {
  return code < 128 && base64Values[code] !== noValue;
}

function endOfSignedToken(text: string, start: number): number {
  signedToken.lastIndex = start;
  return signedToken.test(text) ? signedToken.lastIndex : 0;
}

/** Reads a run as a whole, or, if that is no text, in its parts. */
function addRuns(runs: EncodedRun[], text: string, start: number, end: number): void {
  const whole = decodeBase64(text, start, end);
  if (whole !== undefined) {
    runs.push(whole);
    return;
  }
  if (end - start > maxSplitLength) return;
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && isAlphanumeric(codeAt(text, at))) continue;
    if (at - from >= minLength && at - from < end - start) {
      const part = decodeBase64(text, from, at);
      if (part !== undefined) runs.push(part);
    }
    from = at + 1;
  }
}

/** Hex that is a whole token, or all of it behind `0x`. */
function findHex(text: string, start: number, tokenEnd: number): EncodedRun | undefined {
  const from = codeAt(text, start) === zero && (codeAt(text, start + 1) | 32) === letterX ? start + 2 : start;
  const end = Math.min(tokenEnd, from + maxLength);
  if (!isHexText(text, from, end)) return undefined;
  return {
    start: from,
    end,
    encoding: 'hex',
    text: Buffer.from(text.slice(from, end), 'hex').toString('utf8'),
  };
}

function decodeBase64(text: string, start: number, runEnd: number): EncodedRun | undefined {
  const end = Math.min(runEnd, start + maxLength);
  if (!isBase64Text(text, start, end)) return undefined;
  const written = text.slice(start, end);
  const bytes = Buffer.from(written, 'base64');
  if (!isUtf8(bytes)) return undefined;
  let padded = end;
  while (padded < end + 2 && codeAt(text, padded) === paddingSign) padded++;
  return {
    start,
    end: padded,
    encoding: /[-_]/.test(written) ? 'base64url' : 'base64',
    text: bytes.toString('utf8'),
  };
}

/** Whether base64 holds a text. Reads byte by byte, since most runs are words, whose first bytes are none. */
function isBase64Text(text: string, start: number, end: number): boolean {
  let pending = 0;
  for (let at = start; at + 1 < end; at += 4) {
    const first = base64Values[codeAt(text, at)] ?? 0;
    const second = base64Values[codeAt(text, at + 1)] ?? 0;
    pending = nextByte((first << 2) | (second >> 4), pending);
    if (pending === notText) return false;
    if (at + 2 >= end) break;
    const third = base64Values[codeAt(text, at + 2)] ?? 0;
    pending = nextByte(((second & 15) << 4) | (third >> 2), pending);
    if (pending === notText) return false;
    if (at + 3 >= end) break;
    pending = nextByte(((third & 3) << 6) | (base64Values[codeAt(text, at + 3)] ?? 0), pending);
    if (pending === notText) return false;
  }
  return pending === 0;
}

function isHexText(text: string, start: number, end: number): boolean {
  if (end - start < minHexLength || (end - start) % 2 !== 0) return false;
  let pending = 0;
  for (let at = start; at < end; at += 2) {
    const [high, low] = [codeAt(text, at), codeAt(text, at + 1)];
    if (!isHexDigit(high) || !isHexDigit(low)) return false;
    pending = nextByte((hexValue(high) << 4) | hexValue(low), pending);
    if (pending === notText) return false;
  }
  return pending === 0;
}

function hexValue(code: number): number {
  return code <= 57 ? code - 48 : (code | 32) - 87;
}
