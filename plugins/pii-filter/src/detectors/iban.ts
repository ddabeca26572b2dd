import { mod97 } from '../checks/mod97.js';
import { codeAt, isAlphanumeric } from '../scan/characters.js';
import type { Span } from './detector.js';

/**
 * Account part by country: `n` digits, `a` letters, `c` both, each with its length.
 * @see ISO 13616 registry, SWIFT release 99
 */
const accountParts: Readonly<Record<string, string>> = {
  AD: '8n12c',
  AE: '19n',
  AL: '8n16c',
  AT: '16n',
  AZ: '4a20c',
  BA: '16n',
  BE: '12n',
  BG: '4a6n8c',
  BH: '4a14c',
  BI: '23n',
  BR: '23n1a1c',
  BY: '4c4n16c',
  CH: '5n12c',
  CR: '18n',
  CY: '8n16c',
  CZ: '20n',
  DE: '18n',
  DJ: '23n',
  DK: '14n',
  DO: '4c20n',
  EE: '16n',
  EG: '25n',
  ES: '20n',
  FI: '14n',
  FK: '2a12n',
  FO: '14n',
  FR: '10n11c2n',
  GB: '4a14n',
  GE: '2a16n',
  GI: '4a15c',
  GL: '14n',
  GR: '7n16c',
  GT: '4c20c',
  HN: '4a20n',
  HR: '17n',
  HU: '24n',
  IE: '4a14n',
  IL: '19n',
  IQ: '4a15n',
  IS: '22n',
  IT: '1a10n12c',
  JO: '4a4n18c',
  KW: '4a22c',
  KZ: '3n13c',
  LB: '4n20c',
  LC: '4a24c',
  LI: '5n12c',
  LT: '16n',
  LU: '3n13c',
  LV: '4a13c',
  LY: '21n',
  MC: '10n11c2n',
  MD: '2c18c',
  ME: '18n',
  MK: '3n10c2n',
  MN: '16n',
  MR: '23n',
  MT: '4a5n18c',
  MU: '4a19n3a',
  NI: '4a20n',
  NL: '4a10n',
  NO: '11n',
  OM: '3n16c',
  PK: '4a16c',
  PL: '24n',
  PS: '4a21c',
  PT: '21n',
  QA: '4a21c',
  RO: '4a16c',
  RS: '18n',
  RU: '14n15c',
  SA: '2n18c',
  SC: '4a20n3a',
  SD: '14n',
  SE: '20n',
  SI: '15n',
  SK: '20n',
  SM: '1a10n12c',
  SO: '19n',
  ST: '21n',
  SV: '4a20n',
  TL: '19n',
  TN: '20n',
  TR: '5n1n16c',
  UA: '6n19c',
  VA: '18n',
  VG: '4a16n',
  XK: '16n',
  YE: '4a4n18c',
};

const [space, hyphen] = [32, 45];

interface CountryFormat {
  readonly length: number;
  readonly pattern: RegExp;
}

const classes: Readonly<Record<string, string>> = { n: '\\d', a: '[A-Z]', c: '[A-Z\\d]' };

const formats: ReadonlyMap<string, CountryFormat> = new Map(
  Object.entries(accountParts).map(([country, parts]) => {
    let length = 4;
    const pattern = parts.replace(/(\d+)([nac])/g, (_part, count: string, kind: string) => {
      length += Number(count);
      return `${classes[kind]}{${count}}`;
    });
    return [country, { length, pattern: new RegExp(`^${country}\\d\\d${pattern}$`) }];
  }),
);

/** An IBAN at `start`, with single spaces or hyphens between groups: known country, its length and form, mod 97. */
export function findIban(text: string, start: number): Span | undefined {
  const format = formats.get(text.slice(start, start + 2).toUpperCase());
  if (format === undefined) return undefined;
  let length = 0;
  let at = start;
  for (; length < format.length; at++) {
    const code = codeAt(text, at);
    if (isAlphanumeric(code)) length++;
    else if ((code !== space && code !== hyphen) || !isAlphanumeric(codeAt(text, at - 1))) return undefined;
  }
  if (isAlphanumeric(codeAt(text, at))) return undefined;
  const written = text.slice(start, at);
  const value = written.length === format.length ? written : written.replace(/[ -]/g, '');
  const upper = value.toUpperCase();
  // Mixed case is no IBAN but some other code.
  if (value !== upper && value !== value.toLowerCase()) return undefined;
  if (!format.pattern.test(upper)) return undefined;
  return mod97(upper.slice(4) + upper.slice(0, 4)) === 1 ? { start, end: at } : undefined;
}
