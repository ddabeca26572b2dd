import { CallContext } from '../context/call-context.js';
import type { HookTarget } from '../contracts/hook-contract.js';
import { describeError } from '../errors/describe-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import { isThenable, type MaybePromise } from '../maybe-promise.js';
import { proceed } from '../results/hook-result.js';
import type { SkipReason } from '../results/decision-record.js';
import type { Outcome } from '../results/outcome.js';
import { carriesModification } from '../results/parse-result.js';
import type { OutcomeViolation } from '../results/violation.js';
import { acceptResult } from './accept-result.js';
import { BackgroundRun } from './background-run.js';
import { BandRun } from './band-run.js';
import type { ConditionMatcher, ConditionResult } from './conditions.js';
import { settleFailure, timeoutError } from './failure.js';
import { emptyMetadata, goOnOutcome, mergeMetadata } from './outcome-parts.js';
import type { Plan } from './plan.js';
import { changedPaths, Recorder, type StepEnd } from './recorder.js';
import type { RunRequest } from './run-environment.js';
import type { Step } from './step.js';
import { Deadline } from './ticker.js';

const noTarget: HookTarget = Object.freeze({});

/** What records need to know of a step's turn. */
export interface Turn {
  readonly reason: SkipReason | undefined;
  readonly startedAt: number;
}

const firstTurn: Turn = Object.freeze({ reason: undefined, startedAt: 0 });
const unknownTurn: Turn = Object.freeze({ reason: 'condition_unknown', startedAt: 0 });

const cancelled = 'REQUEST_CANCELLED';

/** Stands as the plugin of a violation that the framework itself states. */
const framework = 'mcpplugins';

/**
 * One call of one hook: walks the plan's stages, synchronously until a handler answers with a promise, then waits for
 * each in turn. It is its own node in the ticker, so that a waiting handler costs no timer and no race.
 */
export class HookRun extends Deadline {
  readonly plan: Plan;
  readonly request: RunRequest;
  /** The present payload: isolated once the first handler runs. */
  payload: object;
  private readonly owned: boolean;
  private readonly recorder: Recorder | undefined;
  private readonly endsAt: number;
  private isIsolated = false;
  private isChanged = false;
  private stage = 0;
  private settled = 0;
  /** Rises when the run stops waiting for a handler; an answer to an earlier epoch is late. */
  private epoch = 0;
  private target: HookTarget | undefined = undefined;
  private context: CallContext | undefined = undefined;
  private band: BandRun | undefined = undefined;
  /** Of the step whose turn it is: why it runs although a condition is not known to hold, and when it was called. */
  private turn: Turn = firstTurn;
  private violation: OutcomeViolation | undefined = undefined;
  private response: Outcome['response'] = undefined;
  private metadata: Record<string, unknown> | undefined = undefined;
  private resolve: ((outcome: Outcome) => void) | undefined = undefined;
  private reject: ((error: unknown) => void) | undefined = undefined;

  constructor(plan: Plan, request: RunRequest, payload: object, owned: boolean) {
    super();
    this.plan = plan;
    this.request = request;
    this.payload = payload;
    this.owned = owned;
    this.recorder = request.record || request.onDecisions !== undefined ? new Recorder(plan) : undefined;
    this.endsAt = plan.budgetMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + plan.budgetMs;
  }

  /** @throws FrameworkError `INVARIANT` */
  start(): MaybePromise<Outcome> {
    const { signal } = this.request;
    if (signal?.aborted === true) this.stop();
    const pending = this.advance();
    if (pending === undefined) return this.finish();
    signal?.addEventListener('abort', this);
    this.request.activeRuns++;
    this.request.services.ticker.add(this);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      void this.drive(pending);
    });
  }

  /** The host's signal fired: a run is its own event listener. */
  handleEvent(): void {
    this.cancel();
  }

  /** Ends the run: nothing is waited for any longer and the call does not go on. */
  cancel(): void {
    if (this.resolve === undefined) return;
    this.abandon(new FrameworkError('PLUGIN_ERROR', 'the request was cancelled'));
    this.stop();
    this.complete();
  }

  /** The limit of the handler that is waited for, or of the whole call, is over. */
  override onDeadline(): void {
    const step = this.plan.stages[this.stage];
    if (step === undefined || step.isBand) return;
    const error = timeoutError(step);
    this.abandon(error);
    this.fail(step, error, false);
    this.stage++;
    this.goOn();
  }

  /** Settles a step with what its handler returned. `base` is the payload that the handler got. */
  settle(step: Step, context: CallContext, returned: unknown, base: object, band?: BandRun): void {
    const { plan, request } = this;
    let end: StepEnd;
    try {
      const accepted = acceptResult(step, returned, base, plan, request.services.payloads);
      const { verdict, violation, modified } = accepted;
      if (modified !== undefined && step.row.mayModify) {
        this.payload = band === undefined ? modified : band.merge(base, modified, this);
        this.isChanged = true;
      }
      if (context.writes !== undefined && step.row.keepsState) request.state.commit(context.writes);
      if (accepted.metadata !== undefined) this.metadata = mergeMetadata(this.metadata, accepted.metadata);
      if (violation !== undefined) {
        step.ref.violations++;
        if (verdict === 'block')
          this.violation = { ...violation, plugin: step.ref.name, hook: plan.contract.name };
      }
      if (accepted.response !== undefined && verdict === 'respond') {
        this.response ??= { result: accepted.response.result, plugin: step.ref.name };
      }
      end = {
        status: 'ran',
        verdict,
        reason: this.turn.reason,
        code: violation?.code,
        changedPaths: this.recorder && modified && changedPaths(base, modified),
      };
    } catch (error) {
      this.fail(step, error, carriesModification(returned));
      return;
    }
    this.note(step, end);
  }

  /** Settles a step whose handler failed or took too long. */
  fail(step: Step, thrown: unknown, withModification: boolean): void {
    const failure = settleFailure(step, this.plan.contract.name, thrown, withModification);
    this.violation ??= failure.violation;
    const status = failure.code === 'PLUGIN_TIMEOUT' ? 'timeout' : 'error';
    this.note(step, { status, reason: failure.reason, code: failure.code });
  }

  skip(step: Step, reason: SkipReason): void {
    this.note(step, { status: 'skipped', reason });
  }

  get isStopped(): boolean {
    return this.violation !== undefined;
  }

  /** Whether a step is to run now; if not, it is settled. Isolates the payload before the first that does. */
  admits(step: Step): boolean {
    this.turn = firstTurn;
    if (step.ref.isOffByError) {
      this.skip(step, 'on_error_disabled');
      return false;
    }
    if (step.matches !== undefined && !this.conditionsHold(step, step.matches)) return false;
    if (this.endsAt !== Number.POSITIVE_INFINITY && performance.now() >= this.endsAt) {
      this.fail(step, timeoutError(step), false);
      return false;
    }
    return this.isIsolated || this.isolateFor(step);
  }

  newContext(step: Step): CallContext {
    return new CallContext(this.request.global, this.request.state, step.ref, step.ref.logger);
  }

  /** Milliseconds that a step may take from now on. */
  limitOf(step: Step): number {
    return this.endsAt === Number.POSITIVE_INFINITY
      ? step.timeoutMs
      : Math.min(step.timeoutMs, this.endsAt - performance.now());
  }

  /** The turn of a step that `admits` let through, and that is about to be called. */
  beginTurn(): Turn {
    if (this.recorder !== undefined) this.turn = { reason: this.turn.reason, startedAt: performance.now() };
    return this.turn;
  }

  /** Goes back to the turn of a step whose answer was kept for later. */
  resumeTurn(turn: Turn): void {
    this.turn = turn;
  }

  /** Runs handlers until one answers later; undefined when the plan is through or stopped. */
  private advance(): PromiseLike<unknown> | undefined {
    const { stages } = this.plan;
    for (; this.violation === undefined; this.stage++) {
      const stage = stages[this.stage];
      if (stage === undefined) return undefined;
      const pending = stage.isBand ? this.startBand(stage.members) : this.call(stage);
      if (pending !== undefined) return pending;
    }
    return undefined;
  }

  /** Calls one handler. Returns its promise if it has one, otherwise settles the step. */
  private call(step: Step): PromiseLike<unknown> | undefined {
    if (!this.admits(step)) return undefined;
    const context = this.newContext(step);
    this.context = context;
    this.beginTurn();
    let returned: unknown;
    try {
      returned = step.handler(this.payload, context);
      if (isThenable(returned)) return returned;
    } catch (error) {
      this.fail(step, error, false);
      return undefined;
    }
    this.settleAnswer(step, context, returned);
    return undefined;
  }

  private settleAnswer(step: Step, context: CallContext, returned: unknown): void {
    if (step.ref.isDegraded) step.ref.noteRecovery();
    if (returned !== undefined && returned !== proceeding) {
      this.settle(step, context, returned, this.payload);
      return;
    }
    if (context.writes !== undefined && step.row.keepsState) this.request.state.commit(context.writes);
    if (this.recorder === undefined) this.settled++;
    else this.note(step, { status: 'ran', verdict: 'proceed', reason: this.turn.reason });
  }

  private startBand(members: readonly Step[]): PromiseLike<unknown> | undefined {
    this.band = new BandRun(this, members);
    return this.band.start();
  }

  /** Waits for handlers, one after the other, until the plan is through or the run stops waiting. */
  private async drive(first: PromiseLike<unknown>): Promise<void> {
    const { epoch } = this;
    let pending: PromiseLike<unknown> | undefined = first;
    while (pending !== undefined) {
      const stage = this.plan.stages[this.stage];
      if (stage === undefined) break;
      this.arm(stage.isBand ? Number.POSITIVE_INFINITY : this.limitOf(stage));
      let answer: unknown;
      let isFailure = false;
      try {
        answer = await pending;
      } catch (error) {
        answer = error;
        isFailure = true;
      }
      if (epoch !== this.epoch) {
        if (!stage.isBand) stage.ref.late++;
        return;
      }
      if (!stage.isBand && this.context !== undefined) {
        if (isFailure) this.fail(stage, answer, false);
        else this.settleAnswer(stage, this.context, answer);
      }
      this.stage++;
      pending = this.advance();
    }
    this.complete();
  }

  /** After a step was settled from outside of `drive`. */
  private goOn(): void {
    const pending = this.advance();
    if (pending === undefined) this.complete();
    else void this.drive(pending);
  }

  /** Stops waiting for the present handler: its answer will be late and its writes stay its own. */
  private abandon(reason: Error): void {
    this.epoch++;
    this.request.state.sharedIsSeen = true;
    this.context?.abort(reason);
    this.band?.abandon(reason);
  }

  private stop(): void {
    this.violation ??= {
      code: cancelled,
      reason: 'The request was cancelled',
      plugin: framework,
      hook: this.plan.contract.name,
    };
  }

  private complete(): void {
    const { resolve, reject, request } = this;
    this.resolve = undefined;
    request.services.ticker.remove(this);
    request.signal?.removeEventListener('abort', this);
    request.activeRuns--;
    try {
      resolve?.(this.finish());
    } catch (error) {
      reject?.(error);
    }
  }

  private conditionsHold(step: Step, matches: ConditionMatcher): boolean {
    const result = this.matchConditions(step, matches);
    if (result === 'match') return true;
    if (result === 'unknown' && step.row.mayBlock) {
      this.turn = unknownTurn;
      return true;
    }
    this.skip(step, result === 'unknown' ? 'condition_unknown' : 'condition');
    return false;
  }

  /** An error while matching is the same as a value that is not there. */
  private matchConditions(step: Step, matches: ConditionMatcher): ConditionResult {
    try {
      this.target ??= this.plan.contract.target?.(this.payload as never) ?? noTarget;
      return matches(this.target, this.request.global);
    } catch (error) {
      step.ref.logger.error(`conditions of plugin "${step.ref.name}" failed: ${describeError(error)}`);
      return 'unknown';
    }
  }

  private isolateFor(step: Step): boolean {
    const { plan, request } = this;
    try {
      this.payload = request.services.payloads.isolate(this.payload, plan.limits, this.owned);
      this.isIsolated = true;
      return true;
    } catch (error) {
      const code = FrameworkError.is(error) ? error.code : 'PAYLOAD_NOT_PLAIN';
      if (code === 'PAYLOAD_TOO_LARGE' && !plan.mayBlock) {
        this.skip(step, 'oversize');
        return false;
      }
      const reason =
        code === 'PAYLOAD_TOO_LARGE' ? 'The payload is too large' : 'The payload is not plain data';
      const description = error instanceof Error ? error.message : undefined;
      this.violation = { code, reason, description, plugin: framework, hook: plan.contract.name };
      this.note(step, { status: 'skipped', reason: 'oversize', code });
      return false;
    }
  }

  private note(step: Step, end: StepEnd): void {
    this.settled++;
    this.recorder?.settle(step, end, this.turn.startedAt);
  }

  private finish(): Outcome {
    const { plan, request, violation, recorder } = this;
    if (violation === undefined && this.settled !== plan.stepCount) {
      throw new FrameworkError(
        'INVARIANT',
        `${plan.contract.name}: ${this.settled} of ${plan.stepCount} steps are settled`,
        { hook: plan.contract.name },
      );
    }
    if (plan.background.length > 0) this.startBackground();
    const decisions = recorder?.finish(violation?.code === cancelled ? 'aborted' : 'blocked');
    if (decisions !== undefined) request.onDecisions?.(decisions);
    const metadata = this.metadata === undefined ? emptyMetadata : Object.freeze(this.metadata);
    const recorded = request.record && decisions !== undefined ? { decisions } : undefined;
    if (violation !== undefined) {
      return Object.freeze({
        continueProcessing: false,
        violation: Object.freeze(violation),
        metadata,
        ...recorded,
      });
    }
    if (
      !this.isChanged &&
      this.response === undefined &&
      this.metadata === undefined &&
      recorded === undefined
    ) {
      return goOnOutcome;
    }
    return Object.freeze({
      continueProcessing: true,
      ...(this.isChanged ? { modifiedPayload: this.payload } : undefined),
      ...(this.response === undefined ? undefined : { response: this.response }),
      metadata,
      ...recorded,
    });
  }

  /** Steps that run after the outcome, on what the payload is now. */
  private startBackground(): void {
    const { plan, request } = this;
    for (const step of plan.background) {
      if (step.ref.isOffByError || !this.isolateForBackground(step)) continue;
      request.state.sharedIsSeen = true;
      new BackgroundRun(step, plan, request, this.payload, this.newContext(step)).enqueue();
    }
  }

  private isolateForBackground(step: Step): boolean {
    const result = step.matches === undefined ? 'match' : this.matchConditions(step, step.matches);
    if (result !== 'match') return false;
    if (this.isIsolated) return true;
    try {
      this.payload = this.request.services.payloads.isolate(this.payload, this.plan.limits, this.owned);
      this.isIsolated = true;
      return true;
    } catch (error) {
      settleFailure(step, this.plan.contract.name, error, false);
      return false;
    }
  }
}

const proceeding = proceed();
