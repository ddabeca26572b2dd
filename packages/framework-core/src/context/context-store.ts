import type { HostRequest } from './host-request.js';

/** Tells the time in milliseconds; monotonic. */
export interface Clock {
  now(): number;
}

/** Options of a `ContextStore`. */
export interface ContextStoreOptions {
  /** Seconds between sweeps. Default 300, as in the specification. */
  readonly cleanupInterval?: number;
  /** Seconds after which a request is dropped. Default 3600, as in the specification. */
  readonly maxAge?: number;
  /** Requests that are kept at most; the oldest is dropped for a new one. Default 10 000. */
  readonly maxRequests?: number;
  readonly clock?: Clock;
}

interface Entry {
  readonly request: HostRequest;
  readonly keptAt: number;
}

/**
 * Keeps host requests by request id, for hosts whose pre and post hooks meet only by id. It has no timer: sweeps happen
 * when a request is kept.
 */
export class ContextStore {
  readonly #entries = new Map<string, Entry>();
  readonly #cleanupIntervalMs: number;
  readonly #maxAgeMs: number;
  readonly #maxRequests: number;
  readonly #clock: Clock;
  #sweptAt: number;

  constructor(options: ContextStoreOptions = {}) {
    this.#cleanupIntervalMs = (options.cleanupInterval ?? 300) * 1000;
    this.#maxAgeMs = (options.maxAge ?? 3600) * 1000;
    this.#maxRequests = options.maxRequests ?? 10_000;
    this.#clock = options.clock ?? performance;
    this.#sweptAt = this.#clock.now();
  }

  /** Keeps a request under its id. One that was there under the same id is closed. */
  keep(request: HostRequest): void {
    const now = this.#clock.now();
    if (now - this.#sweptAt >= this.#cleanupIntervalMs) this.#sweep(now);
    const id = request.global.requestId;
    if (this.#entries.get(id)?.request !== request) this.release(id);
    // Deleted first, so that the order of the map is the order of keeping.
    this.#entries.delete(id);
    this.#entries.set(id, { request, keptAt: now });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#maxRequests && oldest.done !== true) this.release(oldest.value);
  }

  /** The request of that id, unless it is too old. */
  find(requestId: string): HostRequest | undefined {
    const entry = this.#entries.get(requestId);
    if (entry === undefined) return undefined;
    if (this.#clock.now() - entry.keptAt <= this.#maxAgeMs) return entry.request;
    this.release(requestId);
    return undefined;
  }

  /** Closes and forgets a request. */
  release(requestId: string): void {
    const entry = this.#entries.get(requestId);
    if (entry === undefined) return;
    this.#entries.delete(requestId);
    entry.request.close();
  }

  get size(): number {
    return this.#entries.size;
  }

  #sweep(now: number): void {
    this.#sweptAt = now;
    for (const [id, { keptAt }] of this.#entries) {
      if (now - keptAt > this.#maxAgeMs) this.release(id);
    }
  }
}
