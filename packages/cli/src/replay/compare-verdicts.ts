import { type CallVerdict, type RecordedCall, targetOf } from '../record/recording.js';

/** A hook call on which two configurations say different things. */
export interface Difference {
  readonly call: number;
  readonly request: string;
  readonly hook: string;
  /** Name or URI of what it is about. */
  readonly target: string;
  /** Undefined: it was not reached, or not recorded. */
  readonly before: CallVerdict | undefined;
  readonly after: CallVerdict | undefined;
}

/** The calls that come out differently: another verdict, code, changed path, or violation of a plugin that only watches. */
export function compareVerdicts(
  calls: readonly RecordedCall[],
  before: ReadonlyMap<number, CallVerdict>,
  after: ReadonlyMap<number, CallVerdict>,
): readonly Difference[] {
  return calls.flatMap(({ call, request, hook, payload }) => {
    const [left, right] = [before.get(call), after.get(call)];
    if (meaning(left) === meaning(right)) return [];
    return [{ call, request, hook, target: targetOf(payload), before: left, after: right }];
  });
}

/** Names of plugins are not part of it: two configurations may call the same guard differently. */
function meaning(verdict: CallVerdict | undefined): string | undefined {
  if (verdict === undefined) return undefined;
  const { changedPaths, wouldBlock } = verdict;
  const codes = wouldBlock.map((entry) => entry.slice(entry.lastIndexOf(': ') + 2)).toSorted();
  return JSON.stringify([verdict.verdict, verdict.code, changedPaths, codes]);
}
