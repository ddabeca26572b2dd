import { changesBetween, toPointer } from '../payload/change-set.js';
import type { DecisionRecord, SkipReason, StepStatus, Verdict } from '../results/decision-record.js';
import type { DecisionSubject } from './decision-subject.js';
import type { Plan } from './plan.js';
import type { Step } from './step.js';

/** What a record says besides who and where. */
export interface StepEnd {
  readonly status: StepStatus;
  readonly reason?: SkipReason | undefined;
  readonly verdict?: Verdict | undefined;
  readonly code?: string | undefined;
  readonly changedPaths?: readonly string[] | undefined;
}

const noPaths: readonly string[] = Object.freeze([]);

/** Builds the records of one run. Exists only when somebody listens. */
export class Recorder {
  readonly subject: DecisionSubject;
  private readonly records = new Map<Step, DecisionRecord>();
  private readonly plan: Plan;

  constructor(plan: Plan, subject: DecisionSubject) {
    this.plan = plan;
    this.subject = subject;
  }

  /** `startedAt` is what `performance.now()` said when the handler was called; 0 if it was not. */
  settle(step: Step, end: StepEnd, startedAt: number): void {
    const wasCalled = end.status !== 'skipped' && startedAt > 0;
    const durationMs = wasCalled ? performance.now() - startedAt : 0;
    this.records.set(step, recordOf(step, this.subject, end, durationMs));
  }

  /** JSON pointers of what a plugin changed, or would have changed. */
  pathsOf(before: unknown, after: unknown): readonly string[] {
    return changedPaths(before, after);
  }

  /** One frozen record per step, in plan order; steps that never had their turn are skipped for `reason`. */
  finish(reason: SkipReason): readonly DecisionRecord[] {
    const { plan, subject } = this;
    const absent = plan.absent.map((who) =>
      freezeRecord(who, subject, { status: 'skipped', reason: who.reason }, 0),
    );
    const settled = plan.stages
      .flatMap((stage) => (stage.isBand ? stage.members : [stage]))
      .map((step) => this.records.get(step) ?? recordOf(step, subject, { status: 'skipped', reason }, 0));
    return Object.freeze([...absent, ...settled]);
  }
}

/** The record of one step. */
export function recordOf(
  step: Step,
  subject: DecisionSubject,
  end: StepEnd,
  durationMs: number,
): DecisionRecord {
  const who = { plugin: step.ref.name, version: step.ref.version, mode: step.mode };
  return freezeRecord(who, subject, end, durationMs);
}

function freezeRecord(
  who: Pick<DecisionRecord, 'plugin' | 'version' | 'mode'>,
  { hook, serverId, target }: DecisionSubject,
  { status, reason, verdict, code, changedPaths: paths = noPaths }: StepEnd,
  durationMs: number,
): DecisionRecord {
  // Written out: freezing an object that a spread made takes 50 times as long.
  return Object.freeze({
    plugin: who.plugin,
    version: who.version,
    hook,
    serverId,
    target,
    mode: who.mode,
    status,
    reason,
    verdict,
    code,
    changedPaths: paths,
    durationMs,
  });
}

/**
 * JSON pointers of what differs between two versions of a payload. A key that is gone, below the fields of the contract,
 * is named `*`: a plugin that masks keys removes what nobody may see.
 */
export function changedPaths(before: unknown, after: unknown): readonly string[] {
  return Object.freeze(
    changesBetween(before, after).map(({ path, isRemoval }) =>
      toPointer(isRemoval && path.length > 1 ? [...path.slice(0, -1), '*'] : path),
    ),
  );
}
