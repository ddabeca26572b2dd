import { timingSafeEqual } from 'node:crypto';
import type { KeyOptions } from './auth-schema.js';
import { type IdentifiedClient, identify } from './identity.js';
import { digestFrom, digestOf } from './key-hash.js';

interface Key {
  readonly digest: Buffer;
  readonly expires: number;
  readonly client: IdentifiedClient;
}

/** The keys of a configuration. */
export class KeyRing {
  private readonly keys: readonly Key[];

  constructor(keys: readonly KeyOptions[]) {
    this.keys = keys.map((key) => ({
      digest: digestFrom(key.hash),
      expires: key.expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(key.expires),
      client: clientOf(key),
    }));
  }

  /** Whose key it is. Every key is compared, in the same time for any of them. */
  find(presented: string): IdentifiedClient | 'expired' | undefined {
    const digest = digestOf(presented);
    let found: Key | undefined;
    for (const key of this.keys) if (timingSafeEqual(key.digest, digest)) found = key;
    if (found === undefined) return undefined;
    return Date.now() >= found.expires ? 'expired' : found.client;
  }
}

function clientOf({ name, user = name, tenantId, groups }: KeyOptions): IdentifiedClient {
  const userContext = { userId: user, groups };
  return identify(['key', name], { user, tenantId, userContext });
}
