import { FrameworkError } from '../errors/framework-error.js';
import { IsolatingWalk } from './isolate.js';
import type { PayloadLimits } from './limits.js';

/** Isolates payloads and remembers which it isolated, so that one that comes again costs a look-up. */
export class PayloadStore {
  /** Upper bound of bytes by isolated payload. */
  private readonly known = new WeakMap<object, number>();

  /** @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE` */
  isolate(payload: object, limits: PayloadLimits, owned: boolean): object {
    const bytes = this.known.get(payload);
    if (bytes !== undefined && bytes <= limits.maxBytes) return payload;
    const walk = new IsolatingWalk(limits);
    const isolated = walk.run(payload, owned);
    if (typeof isolated !== 'object' || isolated === null) {
      throw new FrameworkError('PAYLOAD_NOT_PLAIN', 'a payload is an object');
    }
    this.known.set(isolated, walk.bytes);
    return isolated;
  }
}
