import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, foldTextWithMap } from '../../src/matcher/fold-text.js';

describe('foldText', () => {
  it.each([
    ['STRASSE', 'straße'],
    ['Istanbul', 'İSTANBUL'],
    ['ISTANBUL', 'ıstanbul'],
    ['ΟΔΟΣ', 'οδος'],
    ['café', 'cafe\u0301'],
    ['secret', 's\u200be\u00adc\u2060r\u034fe\ufefft'],
    ['secret', 'ｓｅｃｒｅｔ'],
    ['secret', '𝐬𝐞𝐜𝐫𝐞𝐭'],
    ['project nightfall', 'Project\u00a0\n\tNightfall'],
    ['e-mail', 'e\u2011mail'],
    ['ﬁle', 'FILE'],
  ])('makes %j and %j one', (left, right) => {
    expect(foldText(left)).toBe(foldText(right));
  });

  it('keeps apart what differs', () => {
    expect(foldText('cafe')).not.toBe(foldText('café'));
  });

  it('gives with the map the same text, and ranges that cover the source in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const mapped = foldTextWithMap(text);
        expect(mapped.text).toBe(foldText(text));
        let last = 0;
        for (const [index, start] of mapped.starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(mapped.ends[index]).toBeGreaterThan(start);
          last = start;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
