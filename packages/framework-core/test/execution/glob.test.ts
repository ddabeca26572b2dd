import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../src/execution/glob.js';

describe('compileGlob', () => {
  it.each([
    ['read_*', 'read_file', true],
    ['read_*', 'read_', true],
    ['read_*', 'unread_file', false],
    ['*', '', true],
    ['*.txt', 'a.txt', true],
    ['*.txt', 'atxt', false],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*bc*c', 'abc', false],
    ['file:///*?.md', 'file:///x?.md', true],
    ['file:///*?.md', 'file:///x1.md', false],
    ['[ab]*', 'a', false],
    ['', '', true],
    ['', 'a', false],
    ['a**b', 'ab', true],
  ])('%s and %s: %s', (glob, text, expected) => {
    expect(compileGlob(glob)(text)).toBe(expected);
  });

  it('does what the same regular expression does', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    fc.assert(
      fc.property(part, text, (glob, value) => {
        const source = glob
          .split('*')
          .map((piece) => piece.replaceAll('.', '\\.'))
          .join('.*');
        expect(compileGlob(glob)(value)).toBe(new RegExp(`^${source}$`).test(value));
      }),
      { numRuns: 2000 },
    );
  });
});
