import { isDayOfYear } from '../checks/calendar.js';
import { codeAt, isDigit, skipDigits } from '../scan/characters.js';
import { smallLetter } from '../scan/letter-case.js';
import type { Detector, Span } from './detector.js';

/** Names and abbreviations of months in English, German, French, Spanish, Italian and Dutch, by their number. */
const monthNames: readonly string[] = [
  'january januar janvier enero gennaio januari jan ene gen',
  'february februar février febrero febbraio februari feb fév',
  'march märz mars marzo maart mar mrt',
  'april avril abril aprile apr avr abr',
  'may mai mayo maggio mei mag',
  'june juni juin junio giugno jun giu',
  'july juli juillet julio luglio jul lug',
  'august août agosto augustus aug ago',
  'september septembre septiembre settembre sep sept set',
  'october oktober octobre octubre ottobre oct okt ott',
  'november novembre noviembre nov',
  'december dezember décembre diciembre dicembre dec dez déc dic',
];

const monthByName: ReadonlyMap<string, number> = new Map(
  monthNames.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

const end = String.raw`(?![\dA-Za-z]|[-./]\d)`;
const century = '(?:18|19|20)';
const yearFirst = new RegExp(String.raw`(${century}\d\d)([-./])(\d{1,2})\2(\d{1,2})${end}`, 'y');
const yearLast = new RegExp(String.raw`(\d{1,2})([-./])(\d{1,2})\2(?:${century}\d\d|\d\d)${end}`, 'y');
/** `June 15, 1991`, read from the month. */
const monthDayYear = new RegExp(
  String.raw`(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? ${century}\d\d${end}`,
  'uy',
);
/** `June 1991`, and with what may stand between month and year. */
const monthYear = new RegExp(String.raw`(\p{L}{3,10})\.?,?[ -](?:del? )?${century}\d\d${end}`, 'uy');
/** What stands before the month: `15th `, `1. `, `3 de `. */
const dayBefore = /(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[ -](?:of |de )?$/;
const longestDay = 10;
const longestWord = 16;
const [space, comma, hyphen, slash] = [32, 44, 45, 47];
/** `mayo de 1990`: the word before the year is no month. */
const monthBeforeDe = /(\p{L}{3,10}) $/u;

function match(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

function span(start: number, found: RegExpExecArray): Span {
  return { start, end: start + found[0].length };
}

function findNumeric(text: string, start: number): Span | undefined {
  const iso = match(yearFirst, text, start);
  if (iso !== null) return isDayOfYear(Number(iso[3]), Number(iso[4])) ? span(start, iso) : undefined;
  const found = match(yearLast, text, start);
  if (found === null) return undefined;
  const [first, second] = [Number(found[1]), Number(found[3])];
  return isDayOfYear(second, first) || isDayOfYear(first, second) ? span(start, found) : undefined;
}

/** Whether behind the word at `start` a year follows, or a day: a quick look, since words stand before most numbers. */
function mayBeDate(text: string, start: number): boolean {
  let at = start;
  while (smallLetter(codeAt(text, at)) !== 0) at++;
  while (at - start < longestWord && !isDigit(codeAt(text, at))) at++;
  const digits = skipDigits(text, at) - at;
  const after = codeAt(text, at + digits);
  if (digits === 4) return after !== hyphen && after !== slash;
  return digits <= 2 && (after === space || after === comma || smallLetter(after) !== 0);
}

/** A date around the word at `start`, behind which a number follows. */
function findByMonth(text: string, start: number): Span | undefined {
  if (!mayBeDate(text, start)) return undefined;
  const word = /^\p{L}{0,11}/u.exec(text.slice(start, start + 12))?.[0].toLowerCase() ?? '';
  const isDe = word === 'de' || word === 'del';
  const monthStart = isDe
    ? start - (monthBeforeDe.exec(text.slice(Math.max(0, start - 11), start))?.[0].length ?? 0)
    : start;
  const name = isDe ? text.slice(monthStart, Math.max(monthStart, start - 1)).toLowerCase() : word;
  const month = monthByName.get(name);
  if (month === undefined) return undefined;
  const fromMonth = match(monthDayYear, text, monthStart);
  if (fromMonth !== null)
    return isDayOfYear(month, Number(fromMonth[2])) ? span(monthStart, fromMonth) : undefined;
  const withYear = match(monthYear, text, monthStart);
  const day = dayBefore.exec(text.slice(Math.max(0, monthStart - longestDay), monthStart));
  if (withYear === null || day === null || !isDayOfYear(month, Number(day[1]))) return undefined;
  return { start: monthStart - day[0].length, end: monthStart + withYear[0].length };
}

const shared = {
  isSelective: true,
  type: 'date_of_birth',
  score: 0,
  labels: ['birth'],
  labelledScore: 0.9,
} as const;

/** Dates, which are birth dates only where a label says so. */
export const birthDateDetectors: readonly Detector[] = [
  { ...shared, id: 'birth-date', startsAt: { digits: [1, 2, 4] }, find: findNumeric },
  {
    ...shared,
    id: 'birth-date-with-month',
    startsAt: { lettersApart: [2, 3, 4, 5, 6, 7, 8, 9, 10], apartDigits: [1, 2, 4] },
    find: findByMonth,
  },
];
