import type { CallContext } from '../context/call-context.js';
import type { PayloadStore } from '../payload/payload-store.js';
import { acceptResult } from './accept-result.js';
import { subjectOf } from './decision-subject.js';
import { settleFailure, timeoutError } from './failure.js';
import type { Plan } from './plan.js';
import { changedPaths, recordOf, type StepEnd } from './recorder.js';
import type { RunRequest } from './run-environment.js';
import type { Step } from './step.js';
import { Deadline } from './ticker.js';

/** One `fire_and_forget` handler: runs after the outcome, on a snapshot, and changes nothing. */
export class BackgroundRun extends Deadline {
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
    if (this.request.services.background.add(() => this.run())) return;
    ref.dropped++;
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
    const subject = subjectOf(plan, request, this.payload);
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
    if (violation !== undefined) this.step.ref.violations++;
    return {
      status: 'ran',
      verdict,
      code: violation?.code,
      changedPaths: modified && changedPaths(this.payload, modified),
    };
  }
}
