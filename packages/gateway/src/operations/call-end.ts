import type { RequestId } from '@mcpplugins/mcp-transport';

/**
 * How a request of a client ended: answered with a result (a tool's own failure is one) or an error; blocked by a plugin; not
 * guarded because plugins could not be run; turned away because too much was going on; lost with the server; cancelled.
 */
export type CallOutcome = 'result' | 'error' | 'blocked' | 'failed' | 'overloaded' | 'lost' | 'cancelled';

/** One request of a client that has ended. It has no values: neither of arguments nor of answers. */
export interface CallEnd {
  /** The id that the client gave it. */
  readonly id: RequestId;
  readonly method: string;
  /** The host's name for the server. */
  readonly server: string;
  readonly session: string;
  /** `requestId` of the hook calls; undefined when no plugin was asked. */
  readonly requestId: string | undefined;
  readonly outcome: CallOutcome;
  /** Milliseconds from its arrival to its end. */
  readonly durationMs: number;
}

/** Takes note of requests that have ended. What it throws is not caught. */
export type CallObserver = (end: CallEnd) => void;
