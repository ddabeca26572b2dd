import { describeError } from '@mcpplugins/framework-core';
import type { ConfigChange } from '../effective/diff.js';
import { isConfigError } from '../errors/config-error.js';
import type { Diagnostic } from '../errors/diagnostic.js';

/** What asked for a reload. */
export type ReloadReason = 'watch' | 'signal' | 'api';

/** Why a configuration did not become the running one. */
export interface ReloadFailure {
  /** ISO 8601. */
  readonly time: string;
  readonly message: string;
  /** What is wrong with the file; empty when the file is fine and starting it failed. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a reload led to. The running configuration changes with `applied` only. No event has a secret in it. */
export type ReloadEvent = {
  /** ISO 8601. */
  readonly time: string;
  readonly reason: ReloadReason;
  /** Who asked for it. */
  readonly by: string;
  readonly file: string;
  /** SHA-256 of the configuration that ran before. */
  readonly hashBefore: string;
} & (
  | { readonly type: 'applied'; readonly hashAfter: string; readonly changes: readonly ConfigChange[] }
  | { readonly type: 'unchanged' }
  | { readonly type: 'rejected'; readonly failure: ReloadFailure }
);

/** What was thrown while a configuration was read or started. */
export function failureOf(thrown: unknown, time: string): ReloadFailure {
  if (isConfigError(thrown)) return { time, message: thrown.message, diagnostics: thrown.diagnostics };
  return { time, message: describeError(thrown), diagnostics: [] };
}
