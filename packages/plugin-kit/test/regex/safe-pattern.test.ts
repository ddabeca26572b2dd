import { describe, expect, it } from 'vitest';
import { compileSafePattern } from '../../src/index.js';

describe('compileSafePattern', () => {
  it('finds every match with UTF-16 offsets', () => {
    expect(compileSafePattern(String.raw`EMP\d{3}`).findAll('😀 EMP123, EMP456')).toEqual([
      { start: 3, end: 9 },
      { start: 11, end: 17 },
    ]);
  });

  it('tells a match anywhere from a match of the whole', () => {
    const pattern = compileSafePattern('a+b');
    expect([pattern.test('xaab'), pattern.matchesAll('xaab'), pattern.matchesAll('aab')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('ignores case on request', () => {
    expect(compileSafePattern('abc').test('ABC')).toBe(false);
    expect(compileSafePattern('abc', { ignoreCase: true }).test('ABC')).toBe(true);
  });

  it('leaves empty matches out and ends', () => {
    expect(compileSafePattern('x*').findAll('axxb')).toEqual([{ start: 1, end: 3 }]);
  });

  it.each(['(?=a)b', String.raw`(a)\1`, '(', '[z-a]', 'a{2000}'])('refuses %s and names it', (source) => {
    expect(() => compileSafePattern(source)).toThrow(
      expect.objectContaining({
        code: 'PATTERN_INVALID',
        message: expect.stringContaining(JSON.stringify(source)),
      }),
    );
  });

  it('refuses a source that is too long to compile in bounded time', () => {
    expect(() => compileSafePattern('a'.repeat(10_001))).toThrow(
      expect.objectContaining({ code: 'PATTERN_INVALID' }),
    );
  });

  it('stays linear where a backtracking engine takes for ever', () => {
    expect(compileSafePattern('^(a+)+$').test(`${'a'.repeat(50_000)}!`)).toBe(false);
    expect(compileSafePattern('(x|x)*y').test('x'.repeat(50_000))).toBe(false);
  });
});
