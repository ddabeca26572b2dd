import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolate } from '../../src/payload/isolate.js';
import { PayloadStore } from '../../src/payload/payload-store.js';

const limits = { maxBytes: 1000, maxDepth: 10, maxNodes: 50 };
const tooLarge = expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' });
const notPlain = expect.objectContaining({ code: 'PAYLOAD_NOT_PLAIN' });

function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen);
}

describe('isolate', () => {
  it('copies any JSON, deep-frozen, and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = JSON.stringify(value);
        const copy = isolate(value);
        expect(copy).toEqual(value);
        expect(isDeepFrozen(copy)).toBe(true);
        expect(JSON.stringify(value)).toBe(before);
        const isContainer = typeof value === 'object' && value !== null;
        expect(isContainer && (copy === value || Object.isFrozen(value))).toBe(false);
      }),
    );
  });

  it('keeps an own __proto__ key as an own key', () => {
    const copy = isolate(JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as object);
    expect(Object.keys(copy)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('shares a Uint8Array, counts its bytes, and is not fooled by what only looks like one', () => {
    const bytes = new Uint8Array(10);
    expect(isolate({ bytes }).bytes).toBe(bytes);
    expect(() => isolate({ bytes: new Uint8Array(1001) }, limits)).toThrow(tooLarge);
    const lying = Object.defineProperty(new Uint8Array(1001), 'byteLength', { value: 0 });
    expect(() => isolate({ lying }, limits)).toThrow(tooLarge);
    const disguised: object = Object.create(Uint8Array.prototype, { byteLength: { value: 0 } });
    expect(() => isolate({ disguised })).toThrow(notPlain);
    expect(() => isolate({ proxy: new Proxy(bytes, { get: () => 0 }) })).toThrow(notPlain);
  });

  it('takes objects without prototype and of another realm', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    expect(isolate(bare)).toEqual({ a: 1 });
  });

  it('freezes what it owns in place', () => {
    const value = { list: [{ a: 1 }] };
    expect(isolate(value, limits, true)).toBe(value);
    expect(isDeepFrozen(value)).toBe(true);
  });

  it('reads a getter once: what others see does not change', () => {
    let reads = 0;
    const value = {
      get a() {
        return ++reads;
      },
    };
    const copy = isolate(value);
    expect([copy.a, copy.a, reads]).toEqual([1, 1, 1]);
  });

  const hostile: Record<string, unknown> = {
    'a function': () => 1,
    'a symbol': Symbol('x'),
    'a bigint': 1n,
    'a date': new Date(0),
    'a map': new Map(),
    NaN: Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    'a class instance': new (class Thing {})(),
    'a promise': Promise.resolve(1),
    'an error': new Error('x'),
    'a regular expression': /x/,
    'a getter that throws': Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    }),
    'a proxy whose traps throw': new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
    'a revoked proxy': (() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    })(),
  };
  it.each(Object.entries(hostile))('PAYLOAD_NOT_PLAIN: %s', (_name, value) => {
    expect(() => isolate({ value })).toThrow(notPlain);
    expect(() => isolate([[value]])).toThrow(notPlain);
    expect(() => isolate({ value }, limits, true)).toThrow(notPlain);
  });

  it('PAYLOAD_TOO_LARGE: bytes, depth, values, cycles, huge sparse arrays', () => {
    const deep = { a: {} };
    let inner: Record<string, unknown> = deep.a;
    for (let level = 0; level < 100_000; level++) inner = inner['a'] = {};
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    for (const value of [
      deep,
      cyclic,
      Array.from({ length: 60 }),
      Object.assign([], { length: 4_000_000_000 }),
      { a: 'x'.repeat(2000) },
    ]) {
      expect(() => isolate(value, limits)).toThrow(tooLarge);
      expect(() => isolate(value, limits, true)).toThrow(tooLarge);
    }
  });

  it('measures exactly where the bound is near', () => {
    const bytes = (text: string) => Buffer.byteLength(text);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        fc.pre(text.length > 0);
        const size = bytes(text) + 1;
        const fit = { maxDepth: 3, maxNodes: 10, maxBytes: size };
        expect(isolate({ k: text }, fit)).toEqual({ k: text });
        expect(() => isolate({ k: text }, { ...fit, maxBytes: size - 1 })).toThrow(tooLarge);
      }),
    );
  });
});

describe('PayloadStore', () => {
  it('knows what it isolated', () => {
    const store = new PayloadStore();
    const isolated = store.isolate({ a: ['x'] }, limits, false);
    expect(store.isolate(isolated, limits, false)).toBe(isolated);
  });

  it('does not take a frozen object for an isolated one', () => {
    const inner = { a: 1 };
    const frozen = Object.freeze({ inner });
    const isolated = new PayloadStore().isolate(frozen, limits, false) as typeof frozen;
    inner.a = 2;
    expect(isolated.inner.a).toBe(1);
  });

  it('measures again where the limit is lower', () => {
    const store = new PayloadStore();
    const isolated = store.isolate({ a: 'x'.repeat(500) }, { ...limits, maxBytes: 5000 }, false);
    expect(() => store.isolate(isolated, { ...limits, maxBytes: 100 }, false)).toThrow(tooLarge);
  });
});
