import { FrameworkError } from '../errors/framework-error.js';
import { IsolatingWalk, type PayloadSize } from './isolate.js';
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
  #size: PayloadSize;

  constructor(payload: object, store: PayloadStore, size: PayloadSize) {
    super(payload);
    this.#store = store;
    this.#size = size;
  }

  /** Upper bounds of what is in the payload, if this store isolated it. */
  static sizeOf(payload: object, store: PayloadStore): PayloadSize | undefined {
    return #store in payload && payload.#store === store ? payload.#size : undefined;
  }
}

/** Isolates payloads and knows those that it isolated, so that one that comes again costs a look-up. */
export class PayloadStore {
  /** @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE` */
  isolate(payload: object, limits: PayloadLimits, owned: boolean): object {
    const size = IsolatedMark.sizeOf(payload, this);
    if (size !== undefined && size.bytes <= limits.maxBytes) return payload;
    return this.walk(payload, owned, new IsolatingWalk(limits, this.mark));
  }

  /**
   * Isolates another version of a payload. What it still has of that one, in the same place, is not copied.
   * @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE`
   */
  isolateVersion(payload: object, earlier: object, limits: PayloadLimits): object {
    const size = IsolatedMark.sizeOf(earlier, this);
    if (size === undefined || payload === earlier) return this.isolate(payload, limits, false);
    return this.walk(payload, false, new IsolatingWalk(limits, this.mark, { payload: earlier, size }));
  }

  private readonly mark = (root: object, size: PayloadSize): void => {
    if (Object.isExtensible(root)) new IsolatedMark(root, this, size);
  };

  private walk(payload: object, owned: boolean, walk: IsolatingWalk): object {
    const isolated = walk.run(payload, owned);
    if (typeof isolated !== 'object' || isolated === null) {
      throw new FrameworkError('PAYLOAD_NOT_PLAIN', 'a payload is an object');
    }
    return isolated;
  }
}
