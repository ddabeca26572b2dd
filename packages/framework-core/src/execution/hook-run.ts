import type { CallContext } from '../context/call-context.js';
import type { HookTarget } from '../contracts/hook-contract.js';
import { describeError } from '../errors/describe-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import { isThenable, type MaybePromise } from '../maybe-promise.js';
import type { Outcome } from '../results/outcome.js';
import type { BandRun } from './band-run.js';
import type { ConditionMatcher, ConditionResult } from './conditions.js';
import { timeoutError } from './failure.js';
import type { Band, Plan } from './plan.js';
import type { RunRequest } from './run-environment.js';
import { requestCancelled, SettlingRun } from './settling-run.js';
import type { Step } from './step.js';
import { noLimitMs } from './ticker.js';

const noTarget: HookTarget = Object.freeze({});

/**
 * One call of one hook: walks the plan's stages, synchronously until a handler answers with a promise, then waits for
 * each in turn. It is its own node in the ticker, so that a waiting handler costs no timer and no race.
 */
export class HookRun extends SettlingRun {
  private readonly owned: boolean;
  /** When the budget of the plan is over, in whole milliseconds of `performance.now()`; 0: it has none. */
  private readonly endsAt: number;
  private stage = 0;
  /** Rises when the run stops waiting for a handler; an answer to an earlier epoch is late. */
  private epoch = 0;
  private target: HookTarget | undefined = undefined;
  private context: CallContext | undefined = undefined;
  private band: BandRun | undefined = undefined;
  private resolve: ((outcome: Outcome) => void) | undefined = undefined;
  private reject: ((error: unknown) => void) | undefined = undefined;

  constructor(plan: Plan, request: RunRequest, payload: object, owned: boolean) {
    super(plan, request, payload);
    this.owned = owned;
    this.endsAt = plan.budgetMs === undefined ? 0 : Math.ceil(performance.now() + plan.budgetMs);
  }

  /** @throws FrameworkError `INVARIANT` */
  start(): MaybePromise<Outcome> {
    const { signal } = this.request;
    if (signal?.aborted === true) this.refuseCancelled();
    if (this.request.activeRuns > 0) this.request.state.alwaysCopies = true;
    const pending = this.advance();
    if (pending === undefined) {
      if (signal?.aborted === true) this.refuseCancelled();
      return this.finish();
    }
    signal?.addEventListener('abort', this);
    this.request.activeRuns++;
    this.request.services.ticker.add(this);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      void this.drive(pending);
      // It may have fired before there was a listener.
      if (signal?.aborted === true) this.cancel();
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
    this.refuseCancelled();
    this.complete();
  }

  /** The limit of the handler that is waited for, or of the whole call, is over. */
  override onDeadline(): void {
    const step = this.plan.stages[this.stage];
    if (step === undefined || step.isBand) return;
    const error = timeoutError(step);
    this.abandon(error);
    this.fail(step, error);
    this.stage++;
    const pending = this.advance();
    if (pending === undefined) this.complete();
    else void this.drive(pending);
  }

  /** Whether a step is to run now; if not, it is settled. Isolates the payload before the first that does. */
  admit(step: Step): boolean {
    if (step.maySwitchOff && step.ref.isOffByError) {
      this.skip(step, 'on_error_disabled');
      return false;
    }
    if (step.conditions !== undefined) {
      const holds = this.match(step, step.conditions);
      if (holds !== true && !this.admitInDoubt(step, holds)) return false;
    }
    if (this.endsAt !== 0 && performance.now() >= this.endsAt) {
      this.failUncalled(step, timeoutError(step));
      return false;
    }
    return this.isIsolated || this.isolateFor(step);
  }

  /** Milliseconds that a step may take from now on. */
  limitOf(step: Step): number {
    if (this.endsAt === 0) return step.timeoutMs;
    return Math.min(step.timeoutMs, Math.ceil(this.endsAt - performance.now()));
  }

  /** Runs handlers until one answers later; undefined when the plan is through or stopped. */
  private advance(): PromiseLike<unknown> | undefined {
    const { stages } = this.plan;
    for (let index = this.stage; this.violation === undefined; index++) {
      const stage = stages[index];
      if (stage === undefined) return undefined;
      let pending: PromiseLike<unknown> | undefined;
      if (stage.isBand) pending = this.startBand(stage);
      else {
        if (!this.admit(stage)) continue;
        if (this.recorder !== undefined) this.beginTurn();
        pending = this.call(stage);
      }
      if (pending !== undefined) {
        this.stage = index;
        return pending;
      }
    }
    return undefined;
  }

  /** Calls one handler. Returns its promise if it has one, otherwise settles the step. */
  private call(step: Step): PromiseLike<unknown> | undefined {
    const context = this.newContext(step);
    let returned: unknown;
    try {
      // Detached: a handler that is written as a method must not get hold of the step.
      const { handler } = step;
      returned = handler(this.payload, context);
      if (returned !== undefined && isThenable(returned)) {
        this.context = context;
        return returned;
      }
    } catch (error) {
      this.fail(step, error);
      return undefined;
    }
    this.settle(step, context, returned, this.payload);
    return undefined;
  }

  private startBand(band: Band): PromiseLike<unknown> | undefined {
    this.band = band.newRun(this);
    return this.band.start();
  }

  /** Waits for handlers, one after the other, until the plan is through or the run stops waiting. */
  private async drive(first: PromiseLike<unknown>): Promise<void> {
    const { epoch } = this;
    const { stages } = this.plan;
    let pending: PromiseLike<unknown> | undefined = first;
    while (pending !== undefined) {
      const stage = stages[this.stage];
      if (stage === undefined) break;
      this.arm(stage.isBand ? noLimitMs : this.limitOf(stage));
      let answer: unknown;
      let isFailure = false;
      try {
        answer = await pending;
      } catch (error) {
        answer = error;
        isFailure = true;
      }
      if (epoch !== this.epoch) {
        if (!stage.isBand) stage.ref.counts.late++;
        return;
      }
      if (!stage.isBand && this.context !== undefined) {
        if (isFailure) this.fail(stage, answer);
        else this.settle(stage, this.context, answer, this.payload);
      }
      this.stage++;
      pending = this.advance();
    }
    this.complete();
  }

  /** Stops waiting for the present handler: its answer will be late and its writes stay its own. */
  private abandon(reason: Error): void {
    this.epoch++;
    this.request.state.sharedIsSeen = true;
    this.context?.abort(reason);
    this.band?.abandon(reason);
  }

  private refuseCancelled(): void {
    this.refuse(requestCancelled, 'The request was cancelled');
  }

  private complete(): void {
    const { resolve, reject, request } = this;
    // A handler may have cancelled the run that called it.
    if (resolve === undefined) return;
    this.resolve = undefined;
    request.services.ticker.remove(this);
    request.signal?.removeEventListener('abort', this);
    request.activeRuns--;
    try {
      resolve(this.finish());
    } catch (error) {
      reject?.(error);
    }
  }

  private finish(): Outcome {
    this.plan.background?.start(this);
    return this.outcome();
  }

  /** An error while matching is the same as a value that is not there. */
  match(step: Step, conditions: ConditionMatcher): ConditionResult {
    try {
      this.target ??= this.plan.contract.target?.(this.payload as never) ?? noTarget;
      return conditions.match(this.target, this.request.global);
    } catch (error) {
      step.ref.logger.error(`conditions of plugin "${step.ref.name}" failed: ${describeError(error)}`);
      return undefined;
    }
  }

  /** Conditions do not hold, or it is not known: then what may block runs all the same. */
  private admitInDoubt(step: Step, holds: false | undefined): boolean {
    if (holds === undefined && step.row.mayBlock) {
      this.runsInDoubt = true;
      return true;
    }
    this.skip(step, holds === undefined ? 'condition_unknown' : 'condition');
    return false;
  }

  private isolateFor(step: Step): boolean {
    const { plan } = this;
    try {
      this.isolatePayload();
      return true;
    } catch (error) {
      const code = FrameworkError.is(error) ? error.code : 'PAYLOAD_NOT_PLAIN';
      const isTooLarge = code === 'PAYLOAD_TOO_LARGE';
      if (!isTooLarge || plan.mayBlock) {
        const reason = isTooLarge ? 'The payload is too large' : 'The payload is not plain data';
        this.refuse(code, reason, describeError(error));
      }
      this.skip(step, 'oversize', code);
      return false;
    }
  }

  isolatePayload(): void {
    if (this.isIsolated) return;
    this.payload = this.request.services.payloads.isolate(this.payload, this.plan.limits, this.owned);
    this.isIsolated = true;
  }
}
