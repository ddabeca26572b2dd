import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKeys, scanJson } from '../../src/json/json-shape.js';

describe('scanJson', () => {
  it('counts keys outside of strings, each time that they are written', () => {
    expect(scanJson('{"a":1,"a":{"b":[{"c":"x:{"}]}}')).toEqual({ keys: 4, topKeys: 2, depth: 4 });
  });

  it.each([
    [String.raw`{"a\"b:":"\\"}`, 1],
    [String.raw`{"a":"\\\":","b":""}`, 2],
    ['[":",":"]', 0],
    ['":"', 0],
    ['1', 0],
  ])('reads strings as JSON does: %s', (text, keys) => {
    expect(scanJson(text).keys).toBe(keys);
  });

  it('finds as many keys as the parsed value has, when none is written twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(scanJson(text).keys).toBe(countKeys(JSON.parse(text)).keys);
      }),
    );
  });

  it('finds more keys than the parsed value has, when one is written twice', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, pick) => {
        const entries = Object.entries(object).map(
          ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
        );
        const text = `{${[...entries, entries[pick % entries.length]].join(',')}}`;
        expect(scanJson(text).keys).toBeGreaterThan(countKeys(JSON.parse(text)).keys);
      }),
    );
  });

  it('takes time in proportion to the text, whatever it is', () => {
    const backslashes = `"${'\\\\'.repeat(500_000)}"`;
    expect(scanJson(`{"a":${backslashes}}`)).toEqual({ keys: 1, topKeys: 1, depth: 1 });
    expect(scanJson('['.repeat(1_000_000)).depth).toBe(1_000_000);
  });
});

describe('countKeys', () => {
  it('finds numbers that no JSON text stands for', () => {
    expect(countKeys(JSON.parse('{"a":[1e308]}'))).toEqual({ keys: 1, isExact: true });
    expect(countKeys(JSON.parse('{"a":[1e400]}'))).toEqual({ keys: 1, isExact: false });
  });

  it('counts a key named __proto__', () => {
    expect(countKeys(JSON.parse('{"__proto__":{"a":1}}')).keys).toBe(2);
  });
});
