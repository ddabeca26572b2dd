import { describe, expect, it } from 'vitest';
import { printable } from '../../src/output/write.js';

describe('printable', () => {
  it('keeps text, tabs and newlines', () => {
    expect(printable('a\tb\nÄ 漢 🙂')).toBe('a\tb\nÄ 漢 🙂');
  });

  it.each([
    ['an escape sequence', '\u001b[2J'],
    ['a carriage return', '\r'],
    ['a C1 control', '\u009b'],
    ['a bidirectional override', '\u202e'],
  ])('replaces %s', (_what, text) => {
    expect(printable(`x${text}`)).toMatch(/^x\uFFFD/u);
  });
});
