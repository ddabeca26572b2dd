import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDayOfYear } from '../../src/checks/calendar.js';
import { documentCheckDigit } from '../../src/checks/document-check.js';
import { hasLuhnCheck } from '../../src/checks/luhn.js';
import { hasMod11And10Check, weightedSum } from '../../src/checks/mod11.js';
import { mod97 } from '../../src/checks/mod97.js';
import { isLuhn } from '../support/values.js';

describe('hasLuhnCheck', () => {
  it('agrees with the definition', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,24}$/), (value) => {
        expect(hasLuhnCheck(value)).toBe(isLuhn(value));
      }),
    );
  });
});

describe('mod97', () => {
  it('agrees with integer arithmetic, letters counting as 10 to 35', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,40}$/), (value) => {
        const spelled = Array.from(value, (character) => Number.parseInt(character, 36)).join('');
        expect(BigInt(mod97(value))).toBe(BigInt(spelled) % 97n);
      }),
    );
  });
});

describe('hasMod11And10Check', () => {
  // From the description of the identification number by the Bundeszentralamt für Steuern.
  it('takes its published examples and no other last digit', () => {
    for (const value of ['86095742719', '47036892816', '65929970489', '57549285017', '25768131411']) {
      expect(hasMod11And10Check(value)).toBe(true);
      expect(hasMod11And10Check(value.slice(0, 10) + String((Number(value.at(-1)) + 1) % 10))).toBe(false);
    }
  });
});

describe('weightedSum', () => {
  it('multiplies digits with weights from the left', () => {
    expect(weightedSum('123456', [3, 2, 1])).toBe(3 + 4 + 3);
  });
});

describe('documentCheckDigit', () => {
  // ICAO Doc 9303 part 4, appendix A: the specimen passport L898902C3.
  it.each([
    ['L898902C3', 6],
    ['740812', 2],
    ['120415', 9],
  ])('of %s is %i', (characters, digit) => {
    expect(documentCheckDigit(characters)).toBe(digit);
  });
});

describe('isDayOfYear', () => {
  it.each([
    [1, 31, true],
    [2, 29, true],
    [2, 30, false],
    [4, 31, false],
    [13, 1, false],
    [0, 1, false],
    [12, 0, false],
  ])('month %i, day %i: %s', (month, day, expected) => {
    expect(isDayOfYear(month, day)).toBe(expected);
  });
});
