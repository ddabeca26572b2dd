import type { ResultMetadata } from '../results/hook-result.js';
import type { Outcome } from '../results/outcome.js';

/** Metadata of an outcome to which no plugin added any. */
export const emptyMetadata: ResultMetadata = Object.freeze({});

/** The outcome of a call that nobody changed: one object for all of them. */
export const goOnOutcome: Outcome<never> = Object.freeze({
  continueProcessing: true,
  metadata: emptyMetadata,
});

/** Adds a plugin's metadata to that of the plugins before it: last wins, keys with a leading `_` are the framework's. */
export function mergeMetadata(
  merged: Record<string, unknown> | undefined,
  added: ResultMetadata,
): Record<string, unknown> {
  const result: Record<string, unknown> = merged ?? {};
  for (const key of Object.keys(added)) if (!key.startsWith('_')) result[key] = added[key];
  return result;
}
