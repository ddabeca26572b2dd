import { FrameworkError } from '../errors/framework-error.js';
import { IsolatingWalk } from './isolate.js';
import type { PayloadLimits } from './limits.js';

/** A constructor that returns what it is given: fields of a subclass are put on that object. */
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * A mark on an isolated payload that nobody else can see, copy or forge: private fields. A WeakMap would do the same, but
 * each entry costs more than the copy of a small payload.
 */
class IsolatedMark extends Given {
  #store: PayloadStore;
  #bytes: number;

  constructor(payload: object, store: PayloadStore, bytes: number) {
    super(payload);
    this.#store = store;
    this.#bytes = bytes;
  }

  /** Upper bound of the payload's bytes, if this store isolated it. */
  static bytesOf(payload: object, store: PayloadStore): number | undefined {
    return #store in payload && payload.#store === store ? payload.#bytes : undefined;
  }
}

/** Isolates payloads and knows those that it isolated, so that one that comes again costs a look-up. */
export class PayloadStore {
  /** @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE` */
  isolate(payload: object, limits: PayloadLimits, owned: boolean): object {
    const bytes = IsolatedMark.bytesOf(payload, this);
    if (bytes !== undefined && bytes <= limits.maxBytes) return payload;
    const walk = new IsolatingWalk(limits, (root, rootBytes) => {
      if (Object.isExtensible(root)) new IsolatedMark(root, this, rootBytes);
    });
    const isolated = walk.run(payload, owned);
    if (typeof isolated !== 'object' || isolated === null) {
      throw new FrameworkError('PAYLOAD_NOT_PLAIN', 'a payload is an object');
    }
    return isolated;
  }
}
