import type { DecisionRecord } from '../results/decision-record.js';
import type { ResultMetadata } from '../results/hook-result.js';
import type { Outcome } from '../results/outcome.js';
import type { OutcomeViolation } from '../results/violation.js';

/** Metadata of an outcome to which no plugin added any. */
const emptyMetadata: ResultMetadata = Object.freeze({});

/** The outcome of a call that nobody changed: one object for all of them. */
export const goOnOutcome: Outcome<never> = Object.freeze({
  continueProcessing: true,
  metadata: emptyMetadata,
});

/** What an outcome is made of. */
export interface OutcomeParts {
  readonly violation: OutcomeViolation | undefined;
  readonly modified: object | undefined;
  readonly response: Outcome['response'];
  readonly metadata: ResultMetadata | undefined;
  readonly decisions: readonly DecisionRecord[] | undefined;
}

/** The outcome of a call. */
export function buildOutcome({ violation, modified, response, metadata, decisions }: OutcomeParts): Outcome {
  if (!violation && !modified && !response && !metadata && !decisions) return goOnOutcome;
  // Written out: freezing an object that a spread made takes 50 times as long.
  return Object.freeze({
    continueProcessing: violation === undefined,
    modifiedPayload: violation === undefined ? modified : undefined,
    violation: violation && Object.freeze(violation),
    response: violation === undefined ? response : undefined,
    metadata: Object.freeze(metadata ?? emptyMetadata),
    decisions,
  });
}

/** Adds a plugin's metadata to that of the plugins before it: last wins, keys with a leading `_` are the framework's. */
export function mergeMetadata(
  merged: Record<string, unknown> | undefined,
  added: ResultMetadata,
): Record<string, unknown> {
  const result: Record<string, unknown> = merged ?? {};
  for (const key of Object.keys(added)) if (!key.startsWith('_')) result[key] = added[key];
  return result;
}
