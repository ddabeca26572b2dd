import { describe, expect, it } from 'vitest';
import { encodeRun, findEncodedRuns } from '../../src/normalise/encoded-runs.js';

const base64 = (text: string, encoding: 'base64' | 'base64url' = 'base64'): string =>
  Buffer.from(text).toString(encoding);
const textsIn = (text: string): string[] => findEncodedRuns(text, []).map((run) => run.text);

describe('findEncodedRuns', () => {
  it.each([
    ['padded', `x ${base64('john@example.com')}!`, 'john@example.com'],
    ['without padding', `x=${base64('john@example.com').replace(/=+$/, '')}&y`, 'john@example.com'],
    ['url-safe', base64('>>?? é john@example.com', 'base64url'), '>>?? é john@example.com'],
    ['in a path', `/cb/${base64('Xohn@example.com')}/x`, 'Xohn@example.com'],
    ['glued to letters in front', `xy${base64('SSN 123-45-6789')}`, 'SSN 123-45-6789'],
  ])('reads base64 %s', (_name, text, expected) => {
    expect(textsIn(text).join('|')).toContain(expected);
  });

  it('reads what stands before something that is no text', () => {
    expect(textsIn(`${base64('mail: a.b@example.com')}////AAAA`)[0]).toContain('mail: a.b@example.com');
  });

  it('passes over images, words and signed tokens', () => {
    const image = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 73 + 129) % 256)).toString(
      'base64',
    );
    const token = `${base64('{"alg":"HS256"}', 'base64url')}.${base64('{"email":"a@example.com"}', 'base64url')}.sig-NATURE_1`;
    for (const text of [image, 'InternationalizationOfResponsibility getUserAccountInformation', token]) {
      expect(textsIn(text).filter((found) => found.includes('@'))).toEqual([]);
    }
  });

  it('reads hex in the tokens that it is given', () => {
    const text = `0x${Buffer.from('123-45-6789').toString('hex')} 3f786850e387550fdab836ed7e6dc881de23001b`;
    const tokens = [
      { start: 0, end: text.indexOf(' ') },
      { start: text.indexOf(' ') + 1, end: text.length },
    ];
    expect(findEncodedRuns(text, tokens)).toEqual([
      { start: 2, end: text.indexOf(' '), encoding: 'hex', text: '123-45-6789' },
    ]);
  });
});

describe('encodeRun', () => {
  it('keeps padding and letter case as they are written', () => {
    expect(encodeRun('ab', 'base64', 'xxxx')).toBe('YWI=');
    expect(encodeRun('ab', 'base64', 'xxx')).toBe('YWI');
    expect(encodeRun('jk', 'hex', '6A6B')).toBe('6A6B');
    expect(encodeRun('jk', 'hex', '6a6b')).toBe('6a6b');
  });
});
