import { describe, expect, it } from 'vitest';
import { ContextStore, type HostRequest } from '../../src/index.js';
import { createGlobalContext } from '../../src/context/global-context.js';

interface Probe extends HostRequest {
  readonly isClosed: boolean;
}

function request(requestId: string): Probe {
  let isClosed = false;
  return {
    global: createGlobalContext({ requestId }, ''),
    invoke: () => {
      throw new Error('not called');
    },
    has: () => false,
    close: () => {
      isClosed = true;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
    get isClosed() {
      return isClosed;
    },
  };
}

function storeAt(options: ConstructorParameters<typeof ContextStore>[0] = {}) {
  const clock = { seconds: 0, now: () => clock.seconds * 1000 };
  return { clock, store: new ContextStore({ ...options, clock }) };
}

describe('ContextStore', () => {
  it('finds a request by its id until it is released', () => {
    const { store } = storeAt();
    const kept = request('a');
    store.keep(kept);
    expect(store.find('a')).toBe(kept);
    expect(store.find('b')).toBeUndefined();
    store.release('a');
    store.release('a');
    expect(store.find('a')).toBeUndefined();
    expect(kept.isClosed).toBe(true);
  });

  it('forgets and closes a request that is older than 3600 s, and not before', () => {
    const { store, clock } = storeAt();
    const kept = request('a');
    store.keep(kept);
    clock.seconds = 3600;
    expect(store.find('a')).toBe(kept);
    clock.seconds = 3601;
    expect(store.find('a')).toBeUndefined();
    expect(kept.isClosed).toBe(true);
  });

  it('sweeps at most every 300 s, when a request is kept', () => {
    const { store, clock } = storeAt({ maxAge: 10 });
    const old = request('old');
    store.keep(old);
    clock.seconds = 299;
    store.keep(request('b'));
    expect(old.isClosed).toBe(false);
    clock.seconds = 300;
    store.keep(request('c'));
    expect(old.isClosed).toBe(true);
    expect(store.size).toBe(2);
  });

  it('is bounded: the request that was kept longest ago makes room', () => {
    const { store } = storeAt({ maxRequests: 2 });
    const [a, b, c] = [request('a'), request('b'), request('c')];
    store.keep(a);
    store.keep(b);
    store.keep(a);
    store.keep(c);
    expect([a.isClosed, b.isClosed, c.isClosed]).toEqual([false, true, false]);
    expect(store.size).toBe(2);
  });

  it('closes another request of the same id, and leaves the same one open', () => {
    const { store } = storeAt();
    const first = request('a');
    store.keep(first);
    store.keep(first);
    expect(first.isClosed).toBe(false);
    store.keep(request('a'));
    expect(first.isClosed).toBe(true);
  });
});
