import { FrameworkError } from '../errors/framework-error.js';
import { isolate } from '../payload/isolate.js';
import type { PayloadStore } from '../payload/payload-store.js';
import type { Verdict } from '../results/decision-record.js';
import type { HookResult, ResultMetadata } from '../results/hook-result.js';
import { parseResult } from '../results/parse-result.js';
import type { Violation } from '../results/violation.js';
import { acceptModification } from './accept-modification.js';
import type { Plan } from './plan.js';
import type { Step } from './step.js';

/** A handler's answer after every check, with what its mode lets it do taken into account. */
export interface AcceptedResult {
  readonly verdict: Verdict;
  /** The refusal, in a mode that may block or not. */
  readonly violation: Violation | undefined;
  /** Isolated. In a mode that may not modify: what it would have changed. */
  readonly modified: object | undefined;
  /** Isolated. */
  readonly response: { readonly result: unknown } | undefined;
  readonly metadata: ResultMetadata | undefined;
}

/**
 * Checks what a handler returned.
 * @throws FrameworkError `RESULT_INVALID`, `RESPOND_NOT_ALLOWED`, and what `acceptModification` throws
 */
export function acceptResult(
  step: Step,
  returned: unknown,
  current: object,
  plan: Plan,
  payloads: PayloadStore,
): AcceptedResult {
  const { row, ref } = step;
  const { continueProcessing, modifiedPayload, violation, metadata, response } = readDecision(
    parseResult(returned, ref.name),
    plan,
  );
  if (!continueProcessing && row.mayBlock) {
    return { verdict: 'block', violation, modified: undefined, response: undefined, metadata };
  }
  if (response !== undefined && (!row.mayRespond || plan.contract.phase !== 'pre')) {
    throw new FrameworkError(
      'RESPOND_NOT_ALLOWED',
      plan.contract.phase === 'pre'
        ? `respond() in mode ${step.mode}, which only observes`
        : `respond() in the post hook ${plan.contract.name}; use modify()`,
    );
  }
  const modified =
    modifiedPayload === undefined || modifiedPayload === current
      ? undefined
      : acceptModification(modifiedPayload, current, plan, payloads);
  return {
    verdict: verdictOf(continueProcessing, response !== undefined, modified !== undefined && row.mayModify),
    violation,
    modified,
    response: response && { result: isolate(response.result, plan.responseLimits) },
    metadata,
  };
}

/** On a hook where an answer decides, a refusal is a block, and any other answer says nothing. */
function readDecision(result: HookResult, { contract, responseLimits }: Plan): HookResult {
  const { response, ...rest } = result;
  if (response === undefined || contract.readDecision === undefined) return result;
  const violation = contract.readDecision(isolate(response.result, responseLimits));
  return violation === undefined || !rest.continueProcessing
    ? rest
    : { ...rest, continueProcessing: false, violation };
}

function verdictOf(continues: boolean, responds: boolean, modifies: boolean): Verdict {
  if (!continues) return 'would_block';
  if (responds) return 'respond';
  return modifies ? 'modify' : 'proceed';
}
