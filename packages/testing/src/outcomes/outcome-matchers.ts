import { inspect } from 'node:util';
import type { Outcome } from '@mcpplugins/framework-core';
import { differencesFrom } from './differences.js';
import { describeOutcome, type OutcomeVerdict, verdictOf } from './verdict.js';

/** What the matchers add to `expect(outcome)`. */
export interface OutcomeMatchers {
  /** It is refused, with this violation code if one is given. */
  toBlock(code?: string): void;
  /** It goes on with a changed payload, which has these fields if any are given (lists are compared whole). */
  toModify(fields?: Readonly<Record<string, unknown>>): void;
  /** It goes on with the payload as it was. */
  toProceed(): void;
  /** It is answered in place of the server, with this result if one is given. */
  toRespond(result?: unknown): void;
}

/** What a matcher tells its test runner. */
export interface Match {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend` of vitest, Jest and whatever else has it; `@mcpplugins/testing/vitest` does that on import. */
export const outcomeMatchers = Object.freeze({
  toBlock: (received: unknown, code?: string): Match =>
    judge(received, 'block', code === undefined ? '' : ` with ${code}`, (outcome) =>
      code === undefined || outcome.violation?.code === code ? [] : [`it has ${outcome.violation?.code}`],
    ),
  toModify: (received: unknown, fields: Readonly<Record<string, unknown>> = {}): Match =>
    judge(received, 'modify', '', (outcome) => listDifferences(fields, outcome.modifiedPayload)),
  toProceed: (received: unknown): Match => judge(received, 'proceed', '', () => []),
  toRespond: (received: unknown, ...results: readonly unknown[]): Match =>
    judge(received, 'respond', '', (outcome) =>
      results.length === 0 ? [] : listDifferences(results[0], outcome.response?.result),
    ),
});

/** @throws TypeError when what is judged is no outcome */
function judge(
  received: unknown,
  verdict: OutcomeVerdict,
  wanted: string,
  compare: (outcome: Outcome) => readonly string[],
): Match {
  if (!isOutcome(received)) {
    const what = received instanceof Promise ? 'a promise: await the call first' : inspect(received);
    // Not a failed match: after `.not` that would be a success.
    throw new TypeError(`expected the outcome of a hook call, not ${what}`);
  }
  const isVerdict = verdictOf(received) === verdict;
  const wrong = isVerdict ? compare(received) : [];
  const pass = isVerdict && wrong.length === 0;
  return {
    pass,
    message: () =>
      `expected ${pass ? 'anything but ' : ''}${verdict}${wanted}, and it is: ${describeOutcome(received)}` +
      wrong.map((line) => `\n  ${line}`).join(''),
  };
}

function listDifferences(expected: unknown, actual: unknown): readonly string[] {
  return differencesFrom(expected, actual).map(
    ({ path, expected: wanted, actual: got }) =>
      `${path || 'the whole'}: expected ${inspect(wanted)}, and it is ${inspect(got)}`,
  );
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'continueProcessing' in value && 'metadata' in value;
}
