import type { CancelSignal } from '../context/cancellation.js';
import type { GlobalContext } from '../context/global-context.js';
import type { Logger } from '../context/logger.js';
import type { RequestState } from '../context/request-state.js';
import type { PayloadStore } from '../payload/payload-store.js';
import type { DecisionRecord } from '../results/decision-record.js';
import type { BackgroundQueue } from './background-queue.js';
import type { Ticker } from './ticker.js';

/** What all runs of a manager share. */
export interface RunServices {
  readonly payloads: PayloadStore;
  readonly ticker: Ticker;
  /** Made by the first step that runs after an outcome. */
  background: BackgroundQueue | undefined;
  readonly logger: Logger;
}

/** What all runs of one request share. */
export interface RunRequest {
  readonly global: GlobalContext;
  readonly state: RequestState;
  readonly services: RunServices;
  /** The host's wish to stop, if it can have one. */
  readonly signal: CancelSignal | undefined;
  /** Where records go. Undefined: nobody listens, none are built. */
  readonly onDecisions: ((records: readonly DecisionRecord[]) => void) | undefined;
  /** Whether the host wants records in the outcome. */
  readonly record: boolean;
  /** Runs that wait for a plugin. */
  activeRuns: number;
}
