import { CallContext } from '../context/call-context.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { SkipReason } from '../results/decision-record.js';
import { proceed } from '../results/hook-result.js';
import type { Outcome } from '../results/outcome.js';
import { carriesModification } from '../results/parse-result.js';
import type { OutcomeViolation, Violation } from '../results/violation.js';
import { acceptResult } from './accept-result.js';
import { settleFailure } from './failure.js';
import { buildOutcome, mergeMetadata } from './outcome-parts.js';
import type { Plan } from './plan.js';
import type { Recorder, StepEnd } from './recorder.js';
import type { RunRequest } from './run-environment.js';
import type { Step } from './step.js';
import { Deadline } from './ticker.js';

/** What records need to know of a step's turn. */
export interface Turn {
  /** Why it runs although a condition is not known to hold. */
  readonly reason: SkipReason | undefined;
  /** What `performance.now()` said when the handler was called. */
  readonly startedAt: number;
}

const plainTurn: Turn = Object.freeze({ reason: undefined, startedAt: 0 });
const proceeding = proceed();

/** Code of the violation that a cancelled call ends with. */
export const requestCancelled = 'REQUEST_CANCELLED';

/** Adds a member's modification to those that earlier members of its band made. */
export type MergeModification = (base: object, modified: object) => object;

/** What one hook call has come to so far: how each step ended, and the outcome that this makes. */
export abstract class SettlingRun extends Deadline {
  readonly plan: Plan;
  readonly request: RunRequest;
  /** The present payload: isolated once the first handler runs. */
  payload: object;
  protected isIsolated = false;
  protected turn: Turn = plainTurn;
  /** The step whose turn it is runs although a condition is not known to hold. */
  protected runsInDoubt = false;
  protected violation: OutcomeViolation | undefined = undefined;
  private settled = 0;
  private isChanged = false;
  private response: Outcome['response'] = undefined;
  private metadata: Record<string, unknown> | undefined = undefined;
  protected readonly recorder: Recorder | undefined;

  constructor(plan: Plan, request: RunRequest, payload: object) {
    super();
    this.plan = plan;
    this.request = request;
    this.payload = payload;
    const isRecorded = request.record || request.onDecisions !== undefined;
    this.recorder = isRecorded ? plan.newRecorder(request, payload) : undefined;
  }

  /** Whether a violation ends the call. */
  get isStopped(): boolean {
    return this.violation !== undefined;
  }

  newContext(step: Step): CallContext {
    return new CallContext(this.request, step.ref);
  }

  /** A handler is about to be called. */
  beginTurn(): Turn {
    if (this.recorder === undefined) return this.turn;
    const reason = this.runsInDoubt ? 'condition_unknown' : undefined;
    this.runsInDoubt = false;
    this.turn = { reason, startedAt: performance.now() };
    return this.turn;
  }

  /** Goes back to the turn of a step whose answer was kept for later. */
  resumeTurn(turn: Turn): void {
    this.turn = turn;
  }

  /** Settles a step with what its handler returned for `base`. */
  settle(step: Step, context: CallContext, returned: unknown, base: object, merge?: MergeModification): void {
    if (returned !== undefined && returned !== proceeding) {
      this.settleResult(step, context, returned, base, merge);
      return;
    }
    if (step.ref.isDegraded) step.ref.noteRecovery();
    if (context.writes !== undefined && step.row.keepsState) this.request.state.commit(context.writes);
    if (this.recorder === undefined) this.settled++;
    else this.note(step, { status: 'ran', verdict: 'proceed', reason: this.turn.reason });
  }

  /** Settles a step whose handler failed or took too long. */
  fail(step: Step, thrown: unknown, withModification = false): void {
    const failure = settleFailure(step, this.plan.contract.name, thrown, withModification);
    this.violation ??= failure.violation;
    const status = failure.code === 'PLUGIN_TIMEOUT' ? 'timeout' : 'error';
    this.note(step, { status, reason: failure.reason, code: failure.code });
  }

  /** Settles a step that does not run. */
  skip(step: Step, reason: SkipReason, code?: string): void {
    this.forgetTurn();
    this.note(step, { status: 'skipped', reason, code });
  }

  /** Settles a step as failed that is not even called. */
  protected failUncalled(step: Step, thrown: unknown): void {
    this.forgetTurn();
    this.fail(step, thrown);
  }

  /** Ends the call with a violation of the framework itself. */
  protected refuse(code: string, reason: string, description?: string): void {
    const hook = this.plan.contract.name;
    this.violation ??= { code, reason, description, plugin: 'mcpplugins', hook };
  }

  /** @throws FrameworkError `INVARIANT` when the call would go on although not every step is settled. */
  protected outcome(): Outcome {
    const { plan, request, violation, recorder } = this;
    if (violation === undefined && this.settled !== plan.stepCount) {
      throw new FrameworkError(
        'INVARIANT',
        `${plan.contract.name}: ${this.settled} of ${plan.stepCount} steps are settled`,
        { hook: plan.contract.name },
      );
    }
    const decisions = recorder?.finish(violation?.code === requestCancelled ? 'aborted' : 'blocked');
    if (decisions !== undefined) request.onDecisions?.(decisions);
    return buildOutcome({
      violation,
      modified: this.isChanged ? this.payload : undefined,
      response: this.response,
      metadata: this.metadata,
      decisions: request.record ? decisions : undefined,
    });
  }

  private settleResult(
    step: Step,
    context: CallContext,
    returned: unknown,
    base: object,
    merge: MergeModification | undefined,
  ): void {
    const { plan, request } = this;
    let end: StepEnd;
    try {
      const accepted = acceptResult(step, returned, base, plan, request.services.payloads);
      const { verdict, violation, modified } = accepted;
      if (modified !== undefined && step.row.mayModify) {
        this.payload = merge === undefined ? modified : merge(base, modified);
        this.isChanged = true;
      }
      if (context.writes !== undefined && step.row.keepsState) request.state.commit(context.writes);
      if (accepted.metadata !== undefined) this.metadata = mergeMetadata(this.metadata, accepted.metadata);
      if (violation !== undefined) {
        step.ref.counts.violations++;
        if (verdict === 'block')
          this.violation = outcomeViolation(violation, step.ref.name, plan.contract.name);
      }
      if (accepted.response !== undefined && verdict === 'respond') {
        this.response ??= { result: accepted.response.result, plugin: step.ref.name };
      }
      end = {
        status: 'ran',
        verdict,
        reason: this.turn.reason,
        code: violation?.code,
        changedPaths: modified && this.recorder?.pathsOf(base, modified),
      };
    } catch (error) {
      this.fail(step, error, carriesModification(returned));
      return;
    }
    if (step.ref.isDegraded) step.ref.noteRecovery();
    this.note(step, end);
  }

  private forgetTurn(): void {
    this.turn = plainTurn;
    this.runsInDoubt = false;
  }

  private note(step: Step, end: StepEnd): void {
    this.settled++;
    this.recorder?.settle(step, end, this.turn.startedAt);
  }
}

/** Written out: freezing an object that a spread made takes 50 times as long. */
function outcomeViolation(violation: Violation, plugin: string, hook: string): OutcomeViolation {
  const { code, reason, description, details, mcpErrorCode, httpStatusCode } = violation;
  return { code, reason, description, details, mcpErrorCode, httpStatusCode, plugin, hook };
}
