import type { RequestId } from '../json-rpc.js';
import type { TransportErrorCode } from './error-codes.js';

/** The brand of `FrameworkError` (framework-core), which this package does not import. */
const brand = Symbol.for('mcpplugins.framework-error');

/** What is known of a message that was refused. */
export interface RefusedMessage {
  readonly kind: 'request' | 'answer';
  readonly id: RequestId;
}

/** What a `TransportError` carries besides its message. */
export interface TransportErrorOptions {
  readonly cause?: unknown;
  /** The message that is left out, when its id can be read: somebody waits for it. */
  readonly refused?: RefusedMessage | undefined;
  /** Milliseconds for which the server asked to be left alone (`Retry-After`). */
  readonly retryAfterMs?: number | undefined;
  /** The status that an HTTP server answered with. */
  readonly httpStatus?: number | undefined;
}

/** Every failure of a transport. `FrameworkError.is(error, code)` of framework-core recognises it. */
export class TransportError extends Error {
  override readonly name: string = 'TransportError';
  readonly code: TransportErrorCode;
  readonly refused: RefusedMessage | undefined;
  readonly retryAfterMs: number | undefined;
  readonly httpStatus: number | undefined;

  constructor(code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.refused = options.refused;
    this.retryAfterMs = options.retryAfterMs;
    this.httpStatus = options.httpStatus;
    Object.defineProperty(this, brand, { value: true });
  }

  /** The same error, with the request that nobody will answer because of it. */
  withRefused(id: RequestId | undefined): TransportError {
    if (id === undefined) return this;
    return new TransportError(this.code, this.message, {
      cause: this.cause,
      retryAfterMs: this.retryAfterMs,
      httpStatus: this.httpStatus,
      refused: { kind: 'answer', id },
    });
  }

  /** Whether `value` is an error of a transport, from whichever copy, and has `code` if one is given. */
  static is(value: unknown, code?: TransportErrorCode): value is TransportError {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, brand)) return false;
    const { name, code: found } = value as { readonly name?: unknown; readonly code?: unknown };
    return name === 'TransportError' && (code === undefined || found === code);
  }
}
