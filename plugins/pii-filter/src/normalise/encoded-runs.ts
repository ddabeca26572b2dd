import { Buffer, isUtf8 } from 'node:buffer';
import { codeAt, isHexDigit } from '../scan/characters.js';
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

/** Shortest run that is decoded: six bytes of base64. */
const minLength = 8;
/** Shortest token that is decoded as hex: seven bytes. */
export const minHexLength = 14;
/** Longest run that is decoded; of a longer one its first part, on a boundary of both encodings. */
const maxLength = 1_048_576;
/** Characters of one run at which a text may start. */
const maxStarts = 65_536;

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

/** Whether a UTF-16 unit is one of base64 or base64url. */
export function isRunUnit(code: number): boolean {
  return code < 128 && base64Values[code] !== noValue;
}

function endOfSignedToken(text: string, start: number): number {
  signedToken.lastIndex = start;
  return signedToken.test(text) ? signedToken.lastIndex : 0;
}

/**
 * Adds every text in a run. A text may start at any character and end before the run does: what is glued to it, in
 * front or behind, does not hide it.
 */
function addRuns(runs: EncodedRun[], text: string, start: number, end: number): void {
  const lastStart = Math.min(end - minLength, start + maxStarts);
  for (let at = start; at <= lastStart;) {
    let best = { start: at, end: at };
    for (let from = at; from < at + 4 && from <= lastStart; from++) {
      const to = endOfBase64Text(text, from, Math.min(end, from + maxLength));
      if (to - from > best.end - best.start) best = { start: from, end: to };
    }
    const run = best.end - best.start < minLength ? undefined : decodeBase64(text, best);
    if (run !== undefined) runs.push(run);
    at = run === undefined ? at + 4 : best.end;
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

function decodeBase64(text: string, { start, end }: Span): EncodedRun | undefined {
  const written = text.slice(start, end);
  const bytes = Buffer.from(written, 'base64');
  if (!isUtf8(bytes)) return undefined;
  let padded = end;
  while (padded < end + 2 && codeAt(text, padded) === paddingSign) padded++;
  const encoding = /[-_]/.test(written) ? 'base64url' : 'base64';
  return { start, end: padded, encoding, text: bytes.toString('utf8') };
}

/** Where the base64 at `start` stops to be a text: the end, or the start of a group of four. Most words stop at once. */
function endOfBase64Text(text: string, start: number, end: number): number {
  let pending = 0;
  let good = start;
  for (let at = start; at + 1 < end; at += 4) {
    const first = base64Values[codeAt(text, at)] ?? 0;
    const second = base64Values[codeAt(text, at + 1)] ?? 0;
    pending = nextByte((first << 2) | (second >> 4), pending);
    if (pending === notText) return good;
    if (at + 2 >= end) break;
    const third = base64Values[codeAt(text, at + 2)] ?? 0;
    pending = nextByte(((second & 15) << 4) | (third >> 2), pending);
    if (pending === notText) return good;
    if (at + 3 >= end) break;
    pending = nextByte(((third & 3) << 6) | (base64Values[codeAt(text, at + 3)] ?? 0), pending);
    if (pending === notText) return good;
    if (pending === 0) good = at + 4;
  }
  return pending === 0 ? end : good;
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
