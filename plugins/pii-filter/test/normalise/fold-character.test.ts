import { describe, expect, it } from 'vitest';
import { foldable, foldCharacter } from '../../src/normalise/fold-character.js';

const wholeFoldable = new RegExp(`^(?:${foldable.source})$`);

describe('foldCharacter', () => {
  it('reads every decimal digit of every script as its value, and the class lets each through', () => {
    const scripts: string[] = [];
    for (let codePoint = 0x80; codePoint < 0x20000; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (!/^\p{Nd}$/u.test(character)) continue;
      const digit = foldCharacter(character, '', 'unseen');
      if (!/^\d$/.test(digit ?? '') || !wholeFoldable.test(character)) scripts.push(codePoint.toString(16));
      // Digits that have a compatibility form state their value themselves.
      const compatible = character.normalize('NFKC');
      if (/^\d$/.test(compatible) && compatible !== digit)
        scripts.push(`${codePoint.toString(16)} is ${compatible}`);
    }
    expect(scripts).toEqual([]);
  });

  it.each([
    ['\u200b', ''],
    ['\u00ad', ''],
    ['\ufeff', ''],
    ['\u2060', ''],
    ['\u202e', ''],
    ['\u034f', ''],
    ['\u00a0', ' '],
    ['\u3000', ' '],
    ['\u2011', '-'],
    ['\u2013', '-'],
    ['\u2212', '-'],
    ['＠', '@'],
    ['．', '.'],
    ['。', '.'],
    ['𝐀', 'A'],
    ['²', '2'],
  ])('reads %j as %j', (character, expected) => {
    expect([wholeFoldable.test(character), foldCharacter(character, '1', 'unseen')]).toEqual([
      true,
      expected,
    ]);
  });

  it('leaves letters, marks over letters, and emoji', () => {
    for (const character of ['é', 'ß', 'ж', '漢', '😀']) expect(foldable.test(character)).toBe(false);
    expect(foldCharacter('\u0301', 'e', 'unseen')).toBeUndefined();
    expect(foldCharacter('\u0332', '1', 'unseen')).toBe('');
  });

  it('reads tag characters as nothing or as the text that they spell', () => {
    expect(foldCharacter('\u{e0041}', '', 'unseen')).toBe('');
    expect(foldCharacter('\u{e0041}', '', 'ascii')).toBe('A');
  });
});
