import { MemoryScope } from './memory-scope.js';
import type { ScopedStore, Store, StoreScope } from './store.js';

/** Options of `createMemoryStore`. */
export interface MemoryStoreOptions {
  /** Keys that one scope holds; the one that was not used for the longest time makes room. Default 10 000. */
  readonly maxEntriesPerScope?: number;
  /** Scopes (tenants of a plugin); the one that was not used for the longest time goes. Default 10 000. */
  readonly maxScopes?: number;
  /** Milliseconds, for tests. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * A store in this process. Each scope has its own bound, so that no tenant can push out the data of another. Nothing
 * is shared with other processes, and nothing survives the end of this one.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { maxEntriesPerScope = 10_000, maxScopes = 10_000, now = Date.now } = options;
  const scopes = new Map<string, MemoryScope>();

  function current({ owner, tenantId }: StoreScope): MemoryScope {
    // A tenant that is called "null" is no request without a tenant: JSON tells them apart.
    const name = JSON.stringify([owner, tenantId ?? null]);
    const scope = scopes.get(name) ?? new MemoryScope(maxEntriesPerScope, now);
    scopes.delete(name);
    if (scopes.size >= maxScopes) scopes.delete(scopes.keys().next().value ?? '');
    scopes.set(name, scope);
    return scope;
  }

  async function close(): Promise<void> {
    scopes.clear();
  }

  return {
    scope: (scope) => handle(() => current(scope)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Finds its scope at each use: one that was kept for long reaches the same data as a new one. */
function handle(current: () => MemoryScope): ScopedStore {
  return {
    get: (key) => current().get(key),
    set: (key, value, expiry) => current().set(key, value, expiry),
    delete: (key) => current().delete(key),
    increment: (key, options) => current().increment(key, options),
    clear: () => current().clear(),
  };
}
