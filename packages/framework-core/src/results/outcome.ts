import type { DeepReadonly } from '../deep-readonly.js';
import type { DecisionRecord } from './decision-record.js';
import type { ResultMetadata } from './hook-result.js';
import type { OutcomeViolation } from './violation.js';

/** What a host gets from one hook call. */
export interface Outcome<Payload = unknown> {
  /** False: the operation must not go through (pre) or its result must not be released (post). */
  readonly continueProcessing: boolean;
  /** The payload to go on with. Absent when no plugin changed it, or when the call is blocked. */
  readonly modifiedPayload?: DeepReadonly<Payload> | undefined;
  /** Why it is blocked. Present exactly when `continueProcessing` is false. */
  readonly violation?: OutcomeViolation | undefined;
  /** Pre hooks: answer with this result and do not call the target; run the post hook on it as on a real one. */
  readonly response?: { readonly result: unknown; readonly plugin: string } | undefined;
  /** Metadata of all plugins merged in plan order, last wins. */
  readonly metadata: ResultMetadata;
  /** One record per step of the plan, when the request was opened with `record: true`. */
  readonly decisions?: readonly DecisionRecord[] | undefined;
}
