import type { PluginMode } from '../config/modes.js';

/** How a step of a plan ended. */
export type StepStatus = 'ran' | 'skipped' | 'error' | 'timeout';

/** Why a step did not run, or ran without effect. The list is closed. */
export type SkipReason =
  | 'disabled'
  | 'condition'
  | 'condition_unknown'
  | 'on_error_disabled'
  | 'error_ignored'
  | 'timeout_ignored'
  | 'oversize'
  | 'blocked'
  | 'aborted';

/** What a plugin said. `would_block`: a violation in a mode that may not block. */
export type Verdict = 'proceed' | 'modify' | 'block' | 'would_block' | 'respond';

/** What happened to one step of a plan in one hook call. Names and paths only, never values of a payload. */
export interface DecisionRecord {
  readonly plugin: string;
  readonly version: string | undefined;
  readonly hook: string;
  /** The host's name for the server that the operation goes to. Undefined: the host has none, or it is not known yet. */
  readonly serverId: string | undefined;
  /**
   * The tool, prompt, agent or resource that the call is about, as the server knows it; at most 256 characters. Of a URI scheme,
   * host and path, or the scheme alone where there are none. Undefined: the hook has no target.
   */
  readonly target: string | undefined;
  readonly mode: PluginMode;
  readonly status: StepStatus;
  /** Why it was skipped, or (with status `error` or `timeout`) what let the call go on. */
  readonly reason: SkipReason | undefined;
  /** The verdict of a step that ran. */
  readonly verdict: Verdict | undefined;
  /** Code of the violation or of the error. */
  readonly code: string | undefined;
  /** JSON pointers of what was changed (or, in `audit`, would have been). */
  readonly changedPaths: readonly string[];
  /** Milliseconds that the handler took. */
  readonly durationMs: number;
}
