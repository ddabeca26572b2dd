import type { GlobalContext } from '../context/global-context.js';
import type { HostRequest, InvokeOptions } from '../context/host-request.js';
import { RequestState } from '../context/request-state.js';
import type { HookReference, PayloadOf } from '../contracts/hook-contracts.js';
import type { DeepReadonly } from '../deep-readonly.js';
import { FrameworkError } from '../errors/framework-error.js';
import { didYouMean } from '../errors/nearest.js';
import { HookRun } from '../execution/hook-run.js';
import { goOnOutcome } from '../execution/outcome-parts.js';
import type { Plan } from '../execution/plan.js';
import type { RunRequest, RunServices } from '../execution/run-environment.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { DecisionRecord } from '../results/decision-record.js';
import type { Outcome } from '../results/outcome.js';
import type { PlanSet } from './plan-set.js';

/** What a request needs of its manager. */
export interface RequestHost {
  readonly services: RunServices;
  /** The plan set of new requests. Undefined: the manager is not running. */
  readonly current: PlanSet | undefined;
}

/** Options of `openRequest`. */
export interface OpenRequestOptions {
  /** Fires when the host no longer wants the operation: handlers that wait are told, and the call does not go on. */
  readonly signal?: AbortSignal | undefined;
  /** Put decision records into outcomes. Default false: they cost time. */
  readonly record?: boolean | undefined;
}

/** The host request of a manager. */
export class ManagedRequest implements HostRequest, RunRequest {
  readonly global: GlobalContext;
  readonly state = new RequestState();
  readonly services: RunServices;
  readonly signal: AbortSignal | undefined;
  readonly record: boolean;
  readonly onDecisions: ((records: readonly DecisionRecord[]) => void) | undefined;
  activeRuns = 0;
  private readonly host: RequestHost;
  private planSet: PlanSet;
  private isClosed = false;

  constructor(
    host: RequestHost,
    planSet: PlanSet,
    global: GlobalContext,
    options: OpenRequestOptions | undefined,
    onDecisions: ((records: readonly DecisionRecord[]) => void) | undefined,
  ) {
    this.host = host;
    this.services = host.services;
    this.planSet = planSet;
    this.global = global;
    this.signal = options?.signal;
    this.record = options?.record ?? false;
    this.onDecisions = onDecisions;
    planSet.enter();
  }

  invoke<Hook extends HookReference>(
    hook: Hook,
    payload: PayloadOf<Hook> | DeepReadonly<PayloadOf<Hook>>,
    options?: InvokeOptions,
  ): MaybePromise<Outcome<PayloadOf<Hook>>> {
    const plan = this.planOf(hook);
    if (plan.stepCount === 0 && plan.background === undefined && (!this.record || plan.absent.length === 0)) {
      return goOnOutcome;
    }
    const run = new HookRun(plan, this, payload as object, options?.owned === true);
    return run.start() as MaybePromise<Outcome<PayloadOf<Hook>>>;
  }

  has(hook: HookReference): boolean {
    const plan = this.planOf(hook);
    return plan.stepCount > 0 || plan.background !== undefined;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.planSet.leave();
    if (this.activeRuns === 0) return;
    for (const node of this.services.ticker.nodes()) {
      if (node instanceof HookRun && node.request === this) node.cancel();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  private planOf(hook: HookReference): Plan {
    if (this.isClosed)
      throw new FrameworkError('REQUEST_CLOSED', `request ${this.global.requestId} is closed`);
    if (this.host.current === undefined) throw notRunning();
    if (this.planSet.isExpired) this.moveToCurrent(this.host.current);
    const name = typeof hook === 'string' ? hook : hook.name;
    const plan = this.planSet.plans.get(name);
    if (plan === undefined) {
      throw new FrameworkError(
        'HOOK_UNKNOWN',
        `there is no hook "${name}"${didYouMean(name, this.planSet.plans.keys())}`,
      );
    }
    if (typeof hook !== 'string' && hook !== plan.contract) {
      throw new FrameworkError(
        'CONTRACT_CONFLICT',
        `this manager has another contract of the hook "${name}"`,
      );
    }
    return plan;
  }

  /** After a reload whose drain time is over: state stays, the plans are the present ones. */
  private moveToCurrent(current: PlanSet): void {
    this.planSet.leave();
    current.enter();
    this.planSet = current;
  }
}

/** What a manager answers that is shut down. */
export function notRunning(): FrameworkError {
  return new FrameworkError('MANAGER_NOT_RUNNING', 'the plugin manager is shut down');
}
