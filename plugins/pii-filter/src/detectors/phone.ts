import { codeAt, isAlphanumeric, isDigit, skipDigits } from '../scan/characters.js';
import type { Detector, Span } from './detector.js';

/** `x123`, `ext. 123` after a number. */
const extension = String.raw`(?: ?(?:x|ext\.?|extension) ?\d{1,6}(?!\d))?`;
const end = String.raw`(?![\dA-Za-z])`;

/** North American number in groups: `555-123-4567`, `1-555-123-4567`, `555.123.4567 x12`. */
const northAmerican = new RegExp(
  String.raw`(?:1[-. ])?[2-9]\d{2}[-. ]\d{3}[-. ]\d{4}${extension}${end}`,
  'y',
);
/** The same with the area code in parentheses: hardly anything else is written so. */
const withAreaCode = new RegExp(
  String.raw`(?:\+?1[-. ]?)?\([2-9]\d{2}\)[-. ]?\d{3}[-. ]\d{4}${extension}${end}`,
  'y',
);
/** National number with trunk prefix 0, 9 to 11 digits in two to five groups, and not those of an SSN. */
const trunkGroups = new RegExp(
  String.raw`(?=(?:\D{0,2}\d){9,11}(?!\D?\d))(?!\d{3}[- .]\d{2}[- .]\d{4}(?!\d))(?:\(0[1-9]\d{0,3}\)|0[1-9]\d{0,4})[-. /]?(?:\d{2,8})(?:[-. ]\d{2,4}){0,3}${extension}${end}`,
  'y',
);
const [zero, one] = [48, 49];

/** Digits of an international number, country code included, where they are fewer than 15. @see ITU-T E.164 */
const maxLengthByCountryCode: Readonly<Record<string, number>> = {
  1: 11,
  7: 11,
  20: 12,
  27: 11,
  30: 12,
  31: 11,
  32: 11,
  33: 11,
  34: 11,
  36: 11,
  40: 11,
  41: 11,
  44: 12,
  45: 10,
  46: 12,
  47: 10,
  48: 11,
  51: 11,
  52: 12,
  54: 13,
  55: 13,
  56: 11,
  57: 12,
  60: 12,
  61: 11,
  63: 12,
  64: 12,
  65: 10,
  66: 11,
  81: 12,
  82: 12,
  84: 12,
  86: 13,
  90: 12,
  91: 12,
  92: 12,
  98: 12,
};
const separators = ' -./';

interface Digits extends Span {
  readonly digits: string;
  readonly groups: number;
}

/**
 * Reads a number in groups: one separator between them, parentheses around one. Stops before more than `max` digits
 * and where the separator changes, except behind the first group and a parenthesis.
 */
function readGroups(text: string, start: number, max: number): Digits | undefined {
  let at = start;
  let digits = '';
  let groups = 0;
  let separator = '';
  let groupsWithSeparator = 0;
  let readTo = start;
  while (groups < 8) {
    const opened = text.charAt(at) === '(';
    const from = opened ? at + 1 : at;
    const to = skipDigits(text, from);
    if (to === from || digits.length + to - from > max) break;
    if (opened && text.charAt(to) !== ')') break;
    if (isAlphanumeric(codeAt(text, to))) break;
    digits += text.slice(from, to);
    groups++;
    readTo = opened ? to + 1 : to;
    at = readTo;
    const next = text.charAt(at);
    if (next !== '' && separators.includes(next)) {
      if (groupsWithSeparator > 1 && next !== separator && !opened) break;
      separator = next;
      groupsWithSeparator++;
      at++;
    } else if (!opened && next !== '(') break;
    const ahead = codeAt(text, at);
    if (!isDigit(ahead) && ahead !== 40) break;
  }
  return groups === 0 ? undefined : { start, end: readTo, digits, groups };
}

const extensionAfter = new RegExp(extension, 'y');

function withExtension(text: string, span: Span): Span {
  extensionAfter.lastIndex = span.end;
  return { start: span.start, end: span.end + (extensionAfter.exec(text)?.[0].length ?? 0) };
}

/** `+` and a country code, or `(+49)`. */
function findInternational(text: string, start: number): Span | undefined {
  if (text.charAt(start - 1) !== '+') return undefined;
  const code = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/.exec(
    text.slice(start, start + 3),
  )?.[0];
  if (code === undefined || code.startsWith('0')) return undefined;
  const bracketed = text.charAt(start - 2) === '(' && text.charAt(start + code.length) === ')';
  // `(0)` is a trunk prefix that callers from abroad leave out: it does not count.
  const trunk = /^\D{0,3}\(0\)/.test(text.slice(start + code.length, start + code.length + 6)) ? 1 : 0;
  const from = bracketed ? start + code.length + 1 : start;
  const max = (maxLengthByCountryCode[code] ?? 15) + trunk - (bracketed ? code.length : 0);
  const first = bracketed && separators.includes(text.charAt(from)) ? from + 1 : from;
  const number = readGroups(text, first, max);
  if (number === undefined || number.digits.length + (bracketed ? code.length : 0) < 8) return undefined;
  return withExtension(text, { start: bracketed ? start - 2 : start - 1, end: number.end });
}

/** Any 7 to 15 digits in groups that are plausible for a telephone: only where a label says so. */
function findLabelled(text: string, start: number): Span | undefined {
  const from = text.charAt(start - 1) === '(' ? start - 1 : start;
  const number = readGroups(text, from, 15);
  if (number === undefined || number.digits.length < 7) return undefined;
  if (/^\d{1,4}([-./])\d{1,2}\1\d{2,4}$/.test(text.slice(from, number.end))) return undefined;
  return withExtension(text, number);
}

const groupStarts = [1, 2, 3, 4, 5];

/** A match of a pattern at `start`, or at a parenthesis or plus sign before it. */
function findFrom(pattern: RegExp, text: string, start: number): Span | undefined {
  const before = text.charAt(start - 1);
  const from = before === '(' || before === '+' ? start - 1 : start;
  pattern.lastIndex = from;
  return pattern.test(text) ? { start: from, end: pattern.lastIndex } : undefined;
}

function findWithAreaCode(text: string, start: number): Span | undefined {
  const isCountryCode = codeAt(text, start) === one && !isDigit(codeAt(text, start + 1));
  return text.charAt(start - 1) === '(' || isCountryCode ? findFrom(withAreaCode, text, start) : undefined;
}

function findTrunkGroups(text: string, start: number): Span | undefined {
  return codeAt(text, start) === zero ? findFrom(trunkGroups, text, start) : undefined;
}

/** Telephone numbers of all countries. */
export const phoneDetectors: readonly Detector[] = [
  {
    id: 'phone-international',
    type: 'phone',
    startsAt: { digits: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
    minDigits: 7,
    find: findInternational,
    score: 0.8,
    labels: ['phone'],
  },
  {
    id: 'phone-north-american',
    type: 'phone',
    startsAt: { digits: [1, 3] },
    minDigits: 10,
    find: northAmerican,
    score: 0.65,
    labels: ['phone'],
  },
  {
    id: 'phone-area-code',
    type: 'phone',
    startsAt: { digits: [1, 3] },
    minDigits: 10,
    find: findWithAreaCode,
    score: 0.8,
    labels: ['phone'],
  },
  {
    id: 'phone-trunk-prefix',
    type: 'phone',
    startsAt: { digits: groupStarts },
    minDigits: 9,
    find: findTrunkGroups,
    score: 0.55,
    labels: ['phone'],
    labelledScore: 0.85,
  },
  {
    id: 'phone-alone',
    type: 'phone',
    startsAt: { digits: [10] },
    minDigits: 10,
    find: /[2-9]\d{9}(?![\dA-Za-z])/y,
    score: 0,
    aloneScore: 0.5,
    labels: ['phone'],
    labelledScore: 0.8,
  },
  {
    id: 'phone-labelled',
    type: 'phone',
    startsAt: { digits: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
    minDigits: 7,
    find: findLabelled,
    score: 0,
    labels: ['phone'],
    labelledScore: 0.8,
  },
];
