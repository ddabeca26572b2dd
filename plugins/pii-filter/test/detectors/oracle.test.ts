import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import validator from 'validator';
import { createPiiEngine } from '../../src/index.js';
import { isLuhn } from '../support/values.js';

const engine = createPiiEngine();
const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

/** Whether the engine finds the value of a type behind a label. */
function finds(type: string, label: string, value: string): boolean {
  const text = `${label}: ${value}`;
  return engine
    .scan(text)
    .some((finding) => finding.type === type && text.slice(finding.start, finding.end) === value);
}

interface Case {
  readonly type: string;
  readonly label: string;
  readonly values: fc.Arbitrary<string>;
  readonly isValid: (value: string) => boolean;
}

const nifLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const cases: Readonly<Record<string, Case>> = {
  'German tax id': {
    type: 'de_tax_id',
    label: 'Steuer-ID',
    values: fc.constantFrom('1', '2', '5', '8').chain((first) => digits(10).map((rest) => first + rest)),
    isValid: (value) => validator.isTaxID(value, 'de-DE') && hasOneRepeatedDigit(value.slice(0, 10)),
  },
  'Spanish NIF': {
    type: 'es_nif',
    label: 'DNI',
    values: fc.tuple(digits(8), fc.constantFrom(...nifLetters.split(''))).map((parts) => parts.join('')),
    isValid: (value) => validator.isIdentityCard(value, 'ES'),
  },
  'Spanish NIE': {
    type: 'es_nie',
    label: 'NIE',
    values: fc
      .tuple(fc.constantFrom('X', 'Y', 'Z'), digits(7), fc.constantFrom(...nifLetters.split('')))
      .map((parts) => parts.join('')),
    isValid: (value) => validator.isIdentityCard(value, 'ES'),
  },
  'Canadian SIN': {
    type: 'ca_sin',
    label: 'SIN',
    values: fc.constantFrom('1', '4', '7', '9').chain((first) => digits(8).map((rest) => first + rest)),
    isValid: (value) => validator.isTaxID(value, 'en-CA') && isLuhn(value) && /^[1-79]/.test(value),
  },
  'payment card': {
    type: 'credit_card',
    label: 'card',
    values: fc
      .constantFrom('4', '51', '37', '6011')
      .chain((prefix) => digits((prefix === '37' ? 15 : 16) - prefix.length).map((rest) => prefix + rest)),
    isValid: (value) => validator.isCreditCard(value) && isLuhn(value),
  },
};

function hasOneRepeatedDigit(value: string): boolean {
  const counts = Array.from({ length: 10 }, (_, digit) => value.split(String(digit)).length - 1);
  return counts.filter((count) => count > 1).length === 1 && Math.max(...counts) <= 3;
}

/** A value and each that differs from it in one digit or letter. */
function neighbours(value: string): string[] {
  return Array.from(value, (character, index) => {
    const other = /\d/.test(character) ? String((Number(character) + 1) % 10) : character === 'A' ? 'B' : 'A';
    return value.slice(0, index) + other + value.slice(index + 1);
  });
}

describe.each(Object.entries(cases))('%s', (_name, { type, label, values, isValid }) => {
  const samples = fc.sample(values, { numRuns: 3000, seed: 7 });
  const valid = samples.flatMap((value) => [value, ...neighbours(value)]).filter(isValid);

  it('is found wherever another implementation takes it', () => {
    expect(valid.length).toBeGreaterThan(100);
    expect(valid.filter((value) => !finds(type, label, value))).toEqual([]);
  });

  it('is not found with any one digit or letter changed', () => {
    expect(
      valid
        .slice(0, 300)
        .flatMap(neighbours)
        .filter((value) => finds(type, label, value)),
    ).toEqual([]);
  });
});
