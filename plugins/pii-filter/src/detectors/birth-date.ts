import { isDayOfYear } from '../checks/calendar.js';
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

const year = String.raw`(?:(?:18|19|20)\d\d|\d\d)`;
const end = String.raw`(?![\dA-Za-z]|[-./]\d)`;
const yearFirst = new RegExp(String.raw`((?:18|19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})${end}`, 'y');
const yearLast = new RegExp(String.raw`(\d{1,2})([-./])(\d{1,2})\2${year}${end}`, 'y');
/** `15th June 1991`, `1. März 1980`, `3 de mayo de 1990` */
const dayMonthYear = new RegExp(
  String.raw`(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[ -](?:of |de )?(\p{L}{3,10})\.?,?[ -](?:de |del )?${year}${end}`,
  'iuy',
);
/** `June 15, 1991`, read from the month. */
const monthDayYear = new RegExp(
  String.raw`(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? ${year}${end}`,
  'iuy',
);

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

function findWithMonth(text: string, start: number): Span | undefined {
  const found = match(dayMonthYear, text, start);
  const month = monthByName.get((found?.[2] ?? '').toLowerCase());
  return found !== null && month !== undefined && isDayOfYear(month, Number(found[1]))
    ? span(start, found)
    : undefined;
}

function findFromMonth(text: string, start: number): Span | undefined {
  const found = match(monthDayYear, text, start);
  const month = monthByName.get((found?.[1] ?? '').toLowerCase());
  return found !== null && month !== undefined && isDayOfYear(month, Number(found[2]))
    ? span(start, found)
    : undefined;
}

const shared = { type: 'date_of_birth', score: 0, labels: ['birth'], labelledScore: 0.9 } as const;

/** Dates, which are birth dates only where a label says so. */
export const birthDateDetectors: readonly Detector[] = [
  { ...shared, id: 'birth-date', startsAt: { digits: [1, 2, 4] }, find: findNumeric },
  {
    ...shared,
    id: 'birth-date-month',
    startsAt: { digits: [1, 2], digitsThenLetter: [1, 2] },
    find: findWithMonth,
  },
  {
    ...shared,
    id: 'birth-date-from-month',
    startsAt: { lettersApart: [3, 4, 5, 6, 7, 8, 9] },
    find: findFromMonth,
  },
];
