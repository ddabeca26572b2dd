import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewriteContent, rewriteStrings, walkStrings } from '../../src/index.js';

const runs = process.env['MCPPLUGINS_DEEP'] === '1' ? 100_000 : 2_000;

describe('JSON inside a string', () => {
  it('is visited by its decoded strings and stays valid JSON', () => {
    const text = '{ "note" : "say \\"a\\"", "n": [1, 2.50, "\\u0061"] }';
    const rewritten = rewriteStrings({ text }, (value) => value.replaceAll('a', 'B"'));
    expect(rewritten.text).toBe('{ "note" : "sB\\"y \\"B\\"\\"", "n": [1, 2.50, "B\\""] }');
  });

  it('keeps formatting, long numbers and repeated names of what does not change', () => {
    const text = '{"a":1e3,  "a":12345678901234567890,\n"b":"x"}';
    expect(rewriteStrings(text, (value) => value.replace('x', 'y'))).toBe(
      '{"a":1e3,  "a":12345678901234567890,\n"b":"y"}',
    );
  });

  it('continues the pointer and the key into the document', () => {
    const seen: unknown[] = [];
    walkStrings({ body: '{"user":{"mails":["x","y"]},"z":[{"q":"w"}]}' }, (text, place) => {
      seen.push([text, place.pointer, place.key]);
    });
    expect(seen).toEqual([
      ['x', '/body/user/mails/0', 'mails'],
      ['y', '/body/user/mails/1', 'mails'],
      ['w', '/body/z/0/q', 'q'],
    ]);
  });

  it('opens JSON in JSON to the stated level and visits the rest as text', () => {
    const inner = JSON.stringify({ deepest: 'x' });
    const middle = JSON.stringify({ inner });
    const outer = JSON.stringify({ middle });
    const seen: string[] = [];
    walkStrings(outer, (text) => seen.push(text));
    expect(seen).toEqual([inner]);
    walkStrings(outer, (text) => seen.push(text), { embeddedJsonLevels: 0 });
    expect(seen[1]).toBe(outer);
  });

  it('visits JSON lines document by document', () => {
    const text = '{"a":"x"}\n{"a":"y"}\r\n\n["x"]\n';
    expect(rewriteStrings(text, (value) => value.replace('x', 'z'))).toBe(
      '{"a":"z"}\n{"a":"y"}\r\n\n["z"]\n',
    );
  });

  it('visits names and numbers on request', () => {
    const rewritten = rewriteContent('{"a":1,"b":{"c":[-2.5e3]}}', {
      text: (text) => text,
      key: (key) => key.toUpperCase(),
      number: (value) => (value < 0 ? 'negative' : value),
    });
    expect(rewritten).toBe('{"A":1,"B":{"C":["negative"]}}');
  });

  it.each(['[INFO] not JSON', '{broken', '{"a":1} trailing', '{"a":1}\nplain line', ''])(
    'is visited as text when it is none: %j',
    (text) => {
      const seen: string[] = [];
      walkStrings(text, (value) => seen.push(value));
      expect(seen).toEqual([text]);
    },
  );

  it('refuses a document that is nested too deep', () => {
    const text = '['.repeat(5000) + ']'.repeat(5000);
    expect(() => rewriteStrings(text, (value) => value)).toThrow(
      expect.objectContaining({ code: 'CONTENT_TOO_DEEP' }),
    );
  });

  it('visits exactly the strings that a parser finds, and rewrites to what a parser would give', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => {
        const parsed: unknown = JSON.parse(json);
        if (typeof parsed !== 'object' || parsed === null) return;
        const direct = rewriteStrings(parsed, (text) => `<${text}>`, { embeddedJsonLevels: 0 });
        const embedded = rewriteStrings(json, (text) => `<${text}>`, { embeddedJsonLevels: 1 });
        expect(JSON.parse(embedded)).toEqual(direct);
        expect(rewriteStrings(json, (text) => text)).toBe(json);
      }),
      { numRuns: runs },
    );
  });
});
