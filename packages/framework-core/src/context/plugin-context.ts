import type { GlobalContext } from './global-context.js';
import type { Logger } from './logger.js';

/** What a handler knows besides its payload. One object a call; do not keep it. */
export interface PluginContext extends GlobalContext {
  /** The same identity as an object of its own. */
  readonly global: GlobalContext;
  /**
   * State of the request that all plugins share, as it was when this handler started plus its own writes.
   * Read-only here; write with `setState`.
   */
  readonly state: Readonly<Record<string, unknown>>;
  getState(key: string): unknown;
  getState<Value>(key: string, fallback: Value): Value;
  /**
   * Writes shared state. The value is plain data (as in payloads) and is copied. Other plugins see it once this
   * handler's result is accepted; after an error or a timeout it is gone.
   * @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE`
   */
  setState(key: string, value: unknown): void;
  deleteState(key: string): void;
  /** State of the request that is private to this plugin, kept from its pre to its post hook. Any values. */
  readonly local: Map<string, unknown>;
  /** Fires when this handler's answer is no longer wanted: timeout, cancellation, block in the band, shutdown. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}
