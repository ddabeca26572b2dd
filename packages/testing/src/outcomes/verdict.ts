import type { Outcome } from '@mcpplugins/framework-core';

/** What came of a hook call, in the words of results. */
export const outcomeVerdicts = ['proceed', 'modify', 'block', 'respond'] as const;

/** What came of a hook call, in the words of results. */
export type OutcomeVerdict = (typeof outcomeVerdicts)[number];

/** The one word for an outcome. A payload that was changed and then answered for is `respond`. */
export function verdictOf(outcome: Outcome): OutcomeVerdict {
  if (!outcome.continueProcessing) return 'block';
  if (outcome.response !== undefined) return 'respond';
  return outcome.modifiedPayload === undefined ? 'proceed' : 'modify';
}

/** An outcome in a few words, for messages of tests: verdict, code, reason and changed paths, no values. */
export function describeOutcome(outcome: Outcome): string {
  const { violation, response, decisions = [] } = outcome;
  const verdict = verdictOf(outcome);
  if (verdict === 'block') {
    return `block by ${violation?.plugin ?? 'a plugin'}: ${violation?.code ?? 'no code'} (${violation?.reason ?? 'no reason'})`;
  }
  if (verdict === 'respond') return `respond by ${response?.plugin ?? 'a plugin'}`;
  if (verdict === 'proceed') return 'proceed';
  const paths = decisions.flatMap(({ changedPaths }) => changedPaths);
  return `modify${paths.length === 0 ? '' : ` of ${paths.join(', ')}`}`;
}
