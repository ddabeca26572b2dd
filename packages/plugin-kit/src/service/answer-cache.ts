import { createHash } from 'node:crypto';
import type { Logger } from '@mcpplugins/framework-core';
import type { Store } from '../store/store.js';

/** Where answers are kept, and for how long. */
export interface ServiceCache {
  readonly store: Store;
  readonly ttlMs: number;
}

/** A question, as far as its answer depends on it. */
export interface CacheKey {
  readonly tenantId: string | undefined;
  readonly method: string;
  readonly url: URL;
  readonly body: string | undefined;
}

/** Answers of one service, apart for each tenant. A store that fails costs the cache, not the answer. */
export class AnswerCache {
  private readonly owner: string;
  private readonly cache: ServiceCache | undefined;

  constructor(owner: string, cache: ServiceCache | undefined) {
    this.owner = owner;
    this.cache = cache;
  }

  /** Undefined when there is none; an answer is in a box, since it may be null. */
  async read(key: CacheKey, logger: Logger): Promise<{ readonly answer: unknown } | undefined> {
    if (this.cache === undefined) return undefined;
    try {
      const answer = await this.scope(this.cache, key).get(hashOf(key));
      return answer === undefined ? undefined : { answer };
    } catch {
      logger.warn('the answer cache cannot be read', { service: this.owner });
      return undefined;
    }
  }

  async write(key: CacheKey, answer: unknown, logger: Logger): Promise<void> {
    if (this.cache === undefined) return;
    try {
      await this.scope(this.cache, key).set(hashOf(key), answer, { ttlMs: this.cache.ttlMs });
    } catch {
      logger.warn('the answer cache cannot be written', { service: this.owner });
    }
  }

  private scope({ store }: ServiceCache, { tenantId }: CacheKey) {
    return store.scope({ owner: this.owner, tenantId });
  }
}

/** Questions hold payloads; keys do not. */
function hashOf({ method, url, body }: CacheKey): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url.href, body]))
    .digest('base64url');
}
