import type { CallContext } from '../context/call-context.js';
import type { PayloadStore } from '../payload/payload-store.js';
import type { SkipReason } from '../results/decision-record.js';
import { acceptResult } from './accept-result.js';
import { BackgroundQueue } from './background-queue.js';
import { subjectOf } from './decision-subject.js';
import { settleFailure, timeoutError } from './failure.js';
import type { HookRun } from './hook-run.js';
import type { Background, Plan } from './plan.js';
import { changedPaths, recordOf, type StepEnd } from './recorder.js';
import type { RunRequest } from './run-environment.js';
import type { Step } from './step.js';
import { Deadline } from './ticker.js';

/** Makes the part of a plan that runs after the outcome. */
export function createBackground(steps: readonly Step[]): Background {
  return {
    start: (run) => {
      for (const step of steps) startStep(run, step);
    },
  };
}

/** Hands a step what the payload is now, unless it does not run. */
function startStep(run: HookRun, step: Step): void {
  const { plan, request } = run;
  const holds = step.conditions === undefined || run.match(step, step.conditions);
  if (holds !== true) {
    recordSkipped(run, step, holds === undefined ? 'condition_unknown' : 'condition');
    return;
  }
  try {
    run.isolatePayload();
  } catch (error) {
    const { code } = settleFailure(step, plan.contract.name, error, false);
    recordSkipped(run, step, 'oversize', code);
    return;
  }
  request.state.sharedIsSeen = true;
  new BackgroundRun(step, plan, request, run.payload, run.newContext(step)).enqueue();
}

/** Tells of a background step that does not run; it is no part of the outcome. */
function recordSkipped(
  { plan, request, payload }: HookRun,
  step: Step,
  reason: SkipReason,
  code?: string,
): void {
  if (request.onDecisions === undefined) return;
  const subject = subjectOf(plan.contract, request, payload);
  const record = recordOf(step, subject, { status: 'skipped', reason, code }, 0);
  request.onDecisions(Object.freeze([record]));
}

/** One `fire_and_forget` handler: runs after the outcome, on a snapshot, and changes nothing. */
class BackgroundRun extends Deadline {
  private readonly step: Step;
  private readonly plan: Plan;
  private readonly request: RunRequest;
  private readonly payload: object;
  private readonly context: CallContext;
  private giveUp: ((error: Error) => void) | undefined = undefined;

  constructor(step: Step, plan: Plan, request: RunRequest, payload: object, context: CallContext) {
    super();
    this.step = step;
    this.plan = plan;
    this.request = request;
    this.payload = payload;
    this.context = context;
  }

  /** Hands the work to the bounded queue; a full queue drops it and says so. */
  enqueue(): void {
    const { ref } = this.step;
    const { services } = this.request;
    services.background ??= new BackgroundQueue();
    if (services.background.add(() => this.run())) return;
    ref.counts.dropped++;
    ref.logger.error(
      `plugin "${ref.name}": the background queue is full; a call of ${this.plan.contract.name} is dropped`,
    );
  }

  override onDeadline(): void {
    const error = timeoutError(this.step);
    this.context.abort(error);
    this.giveUp?.(error);
  }

  private async run(): Promise<void> {
    const startedAt = performance.now();
    const { step, plan, request } = this;
    let end: StepEnd;
    try {
      end = this.endOf(await this.answer(), request.services.payloads);
      if (step.ref.isDegraded) step.ref.noteRecovery();
    } catch (error) {
      const failure = settleFailure(step, plan.contract.name, error, false);
      end = {
        status: failure.code === 'PLUGIN_TIMEOUT' ? 'timeout' : 'error',
        reason: failure.reason,
        code: failure.code,
      };
    }
    if (request.onDecisions === undefined) return;
    const subject = subjectOf(plan.contract, request, this.payload);
    const record = recordOf(step, subject, end, performance.now() - startedAt);
    request.onDecisions(Object.freeze([record]));
  }

  private async answer(): Promise<unknown> {
    const { ticker } = this.request.services;
    const { step } = this;
    this.arm(step.timeoutMs);
    ticker.add(this);
    try {
      return await new Promise((resolve, reject) => {
        this.giveUp = reject;
        const { handler } = step;
        Promise.resolve(handler(this.payload, this.context)).then(resolve, reject);
      });
    } finally {
      ticker.remove(this);
    }
  }

  private endOf(returned: unknown, payloads: PayloadStore): StepEnd {
    if (returned === undefined) return { status: 'ran', verdict: 'proceed' };
    const { verdict, violation, modified } = acceptResult(
      this.step,
      returned,
      this.payload,
      this.plan,
      payloads,
    );
    if (violation !== undefined) this.step.ref.counts.violations++;
    return {
      status: 'ran',
      verdict,
      code: violation?.code,
      changedPaths: modified && changedPaths(this.payload, modified),
    };
  }
}
