import { hasLuhnCheck } from '../checks/luhn.js';
import { codeAt, isAlphanumeric, isDigit, skipDigits } from '../scan/characters.js';
import type { Span } from './detector.js';

const maxDigits = 19;
const minDigits = 12;

interface Issuer {
  readonly prefix: RegExp;
  readonly lengths: readonly number[];
}

/** Issuer ranges with the lengths in use. @see ISO/IEC 7812 and the networks' public BIN tables */
const issuers: readonly Issuer[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { prefix: /^(?:62|81)/, lengths: [16, 17, 18, 19] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:1800|2131)/, lengths: [15] },
  { prefix: /^(?:30[0-5]|3095|36|3[89])/, lengths: [14, 16, 19] },
  { prefix: /^(?:50|5[6-8]|6304|67)/, lengths: [16, 18, 19] },
  { prefix: /^220[0-4]/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:60|82|508)/, lengths: [16] },
  { prefix: /^1[12]/, lengths: [15] },
];

/** Lengths of numbers that start like a Maestro card and need a label: too many other numbers look so. */
const shortLengths = new Set([12, 13]);

/** A payment card number with a known issuer range, the right length and a good check digit. */
export function findCard(text: string, start: number): Span | undefined {
  return findLongest(text, start, (digits) =>
    issuers.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)),
  );
}

/** Any number of 12 to 19 digits with a good check digit: a card where a label says so. */
export function findLabelledCard(text: string, start: number): Span | undefined {
  return findLongest(text, start, (digits) => digits.length > 13 || shortLengths.has(digits.length));
}

/** Reads groups of digits with one kind of separator; a card may end after any group. */
function findLongest(text: string, start: number, fits: (digits: string) => boolean): Span | undefined {
  let digits = '';
  let separator = '';
  let best: number | undefined;
  for (let at = start; ;) {
    const end = skipDigits(text, at);
    if (end === at || digits.length + end - at > maxDigits) break;
    digits += text.slice(at, end);
    if (
      digits.length >= minDigits &&
      !isAlphanumeric(codeAt(text, end)) &&
      fits(digits) &&
      hasLuhnCheck(digits)
    ) {
      best = end;
    }
    const next = text.charAt(end);
    if ((next !== ' ' && next !== '-') || (separator !== '' && next !== separator)) break;
    if (!isDigit(codeAt(text, end + 1))) break;
    separator = next;
    at = end + 1;
  }
  return best === undefined ? undefined : { start, end: best };
}
