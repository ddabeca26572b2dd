import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWordFinder } from '../../src/matcher/word-finder.js';

function find(words: readonly string[], text: string): string[] {
  const found: string[] = [];
  createWordFinder(words)(text, ({ word, start, end }) => found.push(`${word}:${start}-${end}`));
  return found.toSorted();
}

const padding = Array.from({ length: 50 }, (_, index) => `padding-${index}-word`);

describe('createWordFinder', () => {
  it('finds overlapping and nested words, also in a long list', () => {
    const words = ['he', 'she', 'hers', 'his'];
    const expected = ['0:2-4', '1:1-4', '2:2-6'];
    expect(find(words, 'ushers')).toEqual(expected);
    expect(find([...words, ...padding], 'ushers')).toEqual(expected);
  });

  it('finds in a long list exactly what it finds word by word', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '😀'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '😀'), maxLength: 30 }),
        (words, text) => {
          expect(find([...words, ...padding], text)).toEqual(find(words, text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
