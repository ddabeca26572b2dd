/** Whose data it is. Two scopes that differ in any part never see each other's keys. */
export interface StoreScope {
  /** Who keeps it: a plugin's configured name. */
  readonly owner: string;
  /** `context.tenantId`. Requests without a tenant have a scope of their own. */
  readonly tenantId?: string | undefined;
}

/** Where plugins keep data between requests. The memory of this process, or a server that several share. */
export interface Store extends AsyncDisposable {
  /** The part of the store that belongs to one plugin and one tenant. The only way to its keys. */
  scope(scope: StoreScope): ScopedStore;
  close(): Promise<void>;
}

/** How long a value lives. */
export interface Expiry {
  /** Milliseconds; without it, until it is evicted. */
  readonly ttlMs?: number | undefined;
}

/** A counter after it was counted. */
export interface Count {
  readonly value: number;
  /** Milliseconds until it starts anew; undefined when it does not. */
  readonly expiresInMs: number | undefined;
}

/** Keys of one plugin and one tenant. Values are JSON, and what is read is a copy. */
export interface ScopedStore {
  /** Undefined when there is none, or when it has expired. */
  get(key: string): Promise<unknown>;
  /** @throws FrameworkError `STORE_VALUE_INVALID` */
  set(key: string, value: unknown, expiry?: Expiry): Promise<void>;
  /** Whether there was one. */
  delete(key: string): Promise<boolean>;
  /**
   * Adds to a counter in one step, `by` 1 unless said otherwise. Its time starts with the first count and is not prolonged.
   * @throws FrameworkError `STORE_VALUE_INVALID` when the key holds something else than a number
   */
  increment(key: string, options?: Expiry & { readonly by?: number }): Promise<Count>;
  clear(): Promise<void>;
}
