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
  const recorded = decisions === undefined ? undefined : { decisions };
  if (violation !== undefined) {
    return Object.freeze({
      continueProcessing: false,
      violation: Object.freeze(violation),
      metadata: Object.freeze(metadata ?? emptyMetadata),
      ...recorded,
    });
  }
  if (!modified && !response && !metadata && !recorded) return goOnOutcome;
  return Object.freeze({
    continueProcessing: true,
    ...(modified && { modifiedPayload: modified }),
    ...(response && { response }),
    metadata: Object.freeze(metadata ?? emptyMetadata),
    ...recorded,
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
