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

  describe('of another version', () => {
    const store = new PayloadStore();
    const wide = { maxBytes: 100_000, maxDepth: 20, maxNodes: 1000 };

    it('copies what differs and shares what stands in the same place', () => {
      const earlier = store.isolate({ kept: { list: [1] }, rest: { a: [{ b: 1 }, { c: 2 }] } }, wide, false);
      const { kept, rest } = earlier as { kept: object; rest: { a: readonly object[] } };
      const changed = { kept, rest: { a: [rest.a[0], { c: 3 }] }, more: rest.a };
      const isolated = store.isolateVersion(changed, earlier, wide) as typeof changed;
      expect(isolated).toEqual(changed);
      expect(isDeepFrozen(isolated)).toBe(true);
      expect([isolated.kept, isolated.rest.a[0]]).toEqual([kept, rest.a[0]]);
      expect(isolated.kept).toBe(kept);
      expect(isolated.rest.a[0]).toBe(rest.a[0]);
      expect(isolated.more).not.toBe(rest.a);
    });

    it('never shares what can still change, whatever it takes from where', () => {
      fc.assert(
        fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
          const earlier = store.isolate({ before, both: { before } }, wide, false) as { before: unknown };
          const mutable = { inner: after };
          const version = {
            before: mutable,
            both: { before: earlier.before, after },
            list: [earlier, mutable],
          };
          const isolated = store.isolateVersion(version, earlier, wide);
          expect(isolated).toEqual(version);
          expect(isDeepFrozen(isolated)).toBe(true);
          expect(Object.isFrozen(mutable)).toBe(false);
          expect(store.isolate(isolated, wide, false)).toBe(isolated);
        }),
      );
    });

    it('does not take what an earlier version inherits for what stands there', () => {
      const earlier = store.isolate({ a: 1 }, wide, false);
      const version = JSON.parse('{"a":1,"__proto__":{}}') as object;
      const inherited = Object.defineProperty(version, '__proto__', {
        value: Object.prototype,
        enumerable: true,
      });
      const isolated = store.isolateVersion(inherited, earlier, wide);
      expect(Object.getOwnPropertyDescriptor(isolated, '__proto__')?.value).not.toBe(Object.prototype);
    });

    it('is as large as if it were copied whole', () => {
      fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(600), fc.nat(60), (value, maxBytes, maxNodes) => {
          const earlier = store.isolate({ value, more: 'x' }, wide, false) as { value: unknown };
          const version = { value: earlier.value, more: ['yz', 'x'.repeat(20)] };
          const tight = { maxDepth: 20, maxBytes, maxNodes };
          const sizeOf = (work: () => unknown): string => {
            try {
              work();
              return 'fits';
            } catch (error) {
              return (error as Error).message;
            }
          };
          expect(sizeOf(() => store.isolateVersion(version, earlier, tight))).toBe(
            sizeOf(() => isolate(version, tight)),
          );
        }),
        { numRuns: 1000 },
      );
    });

    it('counts anew when many versions share much', () => {
      let payload = store.isolate(
        { text: 'x'.repeat(300), count: 0, kept: { text: 'y'.repeat(300) } },
        limits,
        false,
      );
      for (let count = 1; count < 100; count++)
        payload = store.isolateVersion({ ...payload, count }, payload, limits);
      expect(payload).toMatchObject({ count: 99 });
    });
  });
});
