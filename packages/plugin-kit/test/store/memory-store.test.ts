import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore, type ScopedStore } from '../../src/index.js';

function storeWithClock(options: Parameters<typeof createMemoryStore>[0] = {}) {
  const clock = { now: 1000 };
  return { clock, store: createMemoryStore({ ...options, now: () => clock.now }) };
}

const scopeOf = (options: Parameters<typeof createMemoryStore>[0] = {}) => {
  const { clock, store } = storeWithClock(options);
  return { clock, scope: store.scope({ owner: 'plugin', tenantId: 'a' }) };
};

describe('values', () => {
  it('come back as copies', async () => {
    const { scope } = scopeOf();
    const value = { list: [1, 2] };
    await scope.set('key', value);
    value.list.push(3);
    const read = await scope.get('key');
    expect(read).toEqual({ list: [1, 2] });
    expect(await scope.get('key')).not.toBe(read);
  });

  it('are undefined when there is none', async () => {
    const { scope } = scopeOf();
    expect(await scope.get('__proto__')).toBeUndefined();
    expect(await scope.delete('key')).toBe(false);
  });

  it('can be null', async () => {
    const { scope } = scopeOf();
    await scope.set('key', null);
    expect(await scope.get('key')).toBeNull();
    expect(await scope.delete('key')).toBe(true);
  });

  it.each([[undefined], [1n], [Number.NaN], [() => 1]])(
    'are refused when they are no JSON: %s',
    async (value) => {
      const { scope } = scopeOf();
      await expect(scope.set('key', value)).rejects.toThrowError(
        expect.objectContaining({ code: 'STORE_VALUE_INVALID' }),
      );
    },
  );

  it('are gone when their time is over', async () => {
    const { clock, scope } = scopeOf();
    await scope.set('key', 1, { ttlMs: 50 });
    clock.now += 49;
    expect(await scope.get('key')).toBe(1);
    clock.now += 1;
    expect(await scope.get('key')).toBeUndefined();
  });
});

describe('counters', () => {
  it('start with the first count and end with their time, which is not prolonged', async () => {
    const { clock, scope } = scopeOf();
    expect(await scope.increment('n', { ttlMs: 100 })).toEqual({ value: 1, expiresInMs: 100 });
    clock.now += 60;
    expect(await scope.increment('n', { ttlMs: 100, by: 4 })).toEqual({ value: 5, expiresInMs: 40 });
    clock.now += 40;
    expect(await scope.increment('n', { ttlMs: 100 })).toEqual({ value: 1, expiresInMs: 100 });
  });

  it('lose no count when many count at once', async () => {
    const { scope } = scopeOf();
    await Promise.all(Array.from({ length: 500 }, () => scope.increment('n')));
    expect(await scope.get('n')).toBe(500);
  });

  it('refuse to count what is no number', async () => {
    const { scope } = scopeOf();
    await scope.set('n', '1');
    await expect(scope.increment('n')).rejects.toThrowError(
      expect.objectContaining({ code: 'STORE_VALUE_INVALID' }),
    );
  });
});

describe('room', () => {
  it('is made by what was not used for the longest time', async () => {
    const { scope } = scopeOf({ maxEntriesPerScope: 2 });
    await scope.set('old', 1);
    await scope.set('used', 2);
    await scope.get('old');
    await scope.set('new', 3);
    expect(await Promise.all(['old', 'used', 'new'].map((key) => scope.get(key)))).toEqual([1, undefined, 3]);
  });

  it('is made by what has expired first of all', async () => {
    const { clock, scope } = scopeOf({ maxEntriesPerScope: 2 });
    await scope.set('lasting', 1);
    await scope.set('expired', 2, { ttlMs: 5 });
    clock.now += 5;
    await scope.set('new', 3);
    expect(await scope.get('lasting')).toBe(1);
  });

  it('of one tenant is no business of another', async () => {
    const { store } = storeWithClock({ maxEntriesPerScope: 2 });
    const quiet = store.scope({ owner: 'plugin', tenantId: 'quiet' });
    const loud = store.scope({ owner: 'plugin', tenantId: 'loud' });
    await quiet.set('key', 1);
    for (let index = 0; index < 100; index++) await loud.set(`key ${index}`, index);
    expect(await quiet.get('key')).toBe(1);
  });

  it('is bounded in tenants, too', async () => {
    const { store } = storeWithClock({ maxScopes: 2 });
    const read = (tenantId: string) => store.scope({ owner: 'plugin', tenantId }).get('key');
    for (const tenantId of ['a', 'b', 'c'])
      await store.scope({ owner: 'plugin', tenantId }).set('key', tenantId);
    expect(await read('c')).toBe('c');
    expect(await read('b')).toBe('b');
    expect(await read('a')).toBeUndefined();
  });
});

describe('tenants', () => {
  const identities = [
    { owner: 'a', tenantId: 'b' },
    { owner: 'a' },
    { owner: 'a', tenantId: '' },
    { owner: 'a', tenantId: 'null' },
    { owner: 'a","b', tenantId: '' },
    { owner: 'b', tenantId: 'a' },
  ];

  it('never reach each other, however their names are made up', async () => {
    const { store } = storeWithClock();
    await Promise.all(identities.map((identity, index) => store.scope(identity).set('key', index)));
    expect(await Promise.all(identities.map((identity) => store.scope(identity).get('key')))).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    await store.scope({ owner: 'a' }).clear();
    expect(await Promise.all(identities.map((identity) => store.scope(identity).get('key')))).toEqual([
      0,
      undefined,
      2,
      3,
      4,
      5,
    ]);
  });

  it('see their own data only, in any interleaving of three of them (P35)', async () => {
    const step = fc.oneof(
      fc.record({
        tenant: fc.constantFrom('red', 'green', 'blue'),
        action: fc.constantFrom('set', 'get', 'delete'),
        key: fc.constantFrom('x', 'y'),
      }),
      fc.record({
        tenant: fc.constantFrom('red', 'green', 'blue'),
        action: fc.constantFrom('increment', 'get', 'delete', 'clear'),
        key: fc.constant('counter'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const store = createMemoryStore();
        const models = { red: new Map(), green: new Map(), blue: new Map() };
        for (const one of steps) {
          const seen = await onStore(store.scope({ owner: 'plugin', tenantId: one.tenant }), one);
          expect(seen).toEqual(onModel(models[one.tenant], one));
        }
      }),
      { numRuns: 1000 },
    );
    expect.hasAssertions();
  });

  it('are all gone after close', async () => {
    const { store } = storeWithClock();
    const scope = store.scope({ owner: 'plugin' });
    await scope.set('key', 1);
    await store.close();
    expect(await scope.get('key')).toBeUndefined();
  });
});

interface Step {
  readonly tenant: string;
  readonly action: 'set' | 'get' | 'delete' | 'increment' | 'clear';
  readonly key: string;
}

/** What one step and a look afterwards give, on the store. */
async function onStore(scope: ScopedStore, { tenant, action, key }: Step): Promise<unknown> {
  const actions = {
    set: () => scope.set(key, `value of ${tenant}`),
    get: () => scope.get(key),
    delete: () => scope.delete(key),
    increment: async () => (await scope.increment('counter')).value,
    clear: () => scope.clear(),
  };
  return [await actions[action](), await scope.get(key)];
}

/** The same on a map that only this tenant has. */
function onModel(model: Map<string, unknown>, { tenant, action, key }: Step): unknown {
  const actions = {
    set: () => void model.set(key, `value of ${tenant}`),
    get: () => model.get(key),
    delete: () => model.delete(key),
    increment: () => {
      model.set('counter', Number(model.get('counter') ?? 0) + 1);
      return model.get('counter');
    },
    clear: () => model.clear(),
  };
  return [actions[action](), model.get(key)];
}
