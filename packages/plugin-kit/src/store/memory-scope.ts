import { FrameworkError } from '@mcpplugins/framework-core';
import type { Count, Expiry, ScopedStore } from './store.js';

interface Entry {
  readonly json: string;
  /** On the store's clock; Infinity when it does not expire. */
  readonly expiresAt: number;
}

/** One scope of the memory store: a map in the order of use. */
export class MemoryScope implements ScopedStore {
  private readonly entries = new Map<string, Entry>();
  private readonly maxEntries: number;
  private readonly now: () => number;

  constructor(maxEntries: number, now: () => number) {
    this.maxEntries = maxEntries;
    this.now = now;
  }

  async get(key: string): Promise<unknown> {
    const entry = this.use(key);
    return entry === undefined ? undefined : JSON.parse(entry.json);
  }

  async set(key: string, value: unknown, { ttlMs }: Expiry = {}): Promise<void> {
    this.put(key, { json: toJson(value), expiresAt: this.deadline(ttlMs) });
  }

  async delete(key: string): Promise<boolean> {
    return this.use(key) !== undefined && this.entries.delete(key);
  }

  async increment(key: string, { by = 1, ttlMs }: Expiry & { readonly by?: number } = {}): Promise<Count> {
    const entry = this.use(key);
    const before: unknown = entry === undefined ? 0 : JSON.parse(entry.json);
    if (typeof before !== 'number') {
      throw new FrameworkError('STORE_VALUE_INVALID', 'a key that holds no number cannot be counted up');
    }
    const value = before + by;
    const expiresAt = entry?.expiresAt ?? this.deadline(ttlMs);
    this.put(key, { json: toJson(value), expiresAt });
    return { value, expiresInMs: expiresAt === Infinity ? undefined : expiresAt - this.now() };
  }

  async clear(): Promise<void> {
    this.entries.clear();
  }

  private deadline(ttlMs: number | undefined): number {
    return ttlMs === undefined ? Infinity : this.now() + ttlMs;
  }

  /** The entry if it is alive, which makes it the last to be evicted. */
  private use(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.expiresAt <= this.now()) return undefined;
    this.entries.set(key, entry);
    return entry;
  }

  private put(key: string, entry: Entry): void {
    this.entries.delete(key);
    if (this.entries.size >= this.maxEntries) this.makeRoom();
    this.entries.set(key, entry);
  }

  /** What has expired goes first, then what was not used for the longest time. */
  private makeRoom(): void {
    const now = this.now();
    for (const [key, { expiresAt }] of this.entries) if (expiresAt <= now) this.entries.delete(key);
    for (const key of this.entries.keys()) {
      if (this.entries.size < this.maxEntries) return;
      this.entries.delete(key);
    }
  }
}

function toJson(value: unknown): string {
  // JSON has no NaN and no Infinity; a counter of null would count from nothing.
  const json = typeof value === 'number' && !Number.isFinite(value) ? undefined : stringify(value);
  if (json === undefined) {
    throw new FrameworkError('STORE_VALUE_INVALID', 'a value that is no JSON cannot be stored');
  }
  return json;
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
