import type { CallContext } from '../context/call-context.js';
import { FrameworkError } from '../errors/framework-error.js';
import { describeIssues } from '../errors/describe-issues.js';
import { isThenable } from '../maybe-promise.js';
import { applyChanges, ChangeIndex } from '../payload/change-index.js';
import { changesBetween, toPointer } from '../payload/change-set.js';
import { timeoutError } from './failure.js';
import type { HookRun } from './hook-run.js';
import type { Band } from './plan.js';
import type { Turn } from './settling-run.js';
import type { Step } from './step.js';
import { Deadline, type Ticker } from './ticker.js';

/** Makes the stage of a plan that runs `members` as a band. */
export function createBand(members: readonly Step[]): Band {
  return { isBand: true, members, newRun: (run) => new BandRun(run, members) };
}

/**
 * A band: its members get one input at the same time; their answers are settled in file order, whoever finishes first.
 * A block counts once every earlier member has settled; then the others are told to stop and are skipped.
 */
export class BandRun {
  private readonly run: HookRun;
  private base: object;
  private readonly members: readonly Member[];
  private readonly applied = new ChangeIndex();
  private next = 0;
  private finish: (() => void) | undefined;

  constructor(run: HookRun, steps: readonly Step[]) {
    this.run = run;
    this.base = run.payload;
    this.members = steps.map((step) => new Member(step, this));
  }

  /** Starts all members. Returns a promise while some have not answered, nothing when all have. */
  start(): Promise<void> | undefined {
    const { run } = this;
    run.request.state.sharedIsSeen = true;
    for (const member of this.members) if (!run.isStopped) member.start(run);
    // The first member that ran had the payload isolated.
    this.base = run.payload;
    this.settleReady();
    if (this.isDone) return undefined;
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  /** A member has answered, failed or run out of time. */
  onAnswer(): void {
    if (this.finish === undefined) return;
    this.settleReady();
    if (this.isDone) this.finish();
  }

  abandon(reason: Error): void {
    for (const member of this.members.slice(this.next)) member.abandon(reason);
  }

  /**
   * Adds a member's modification to those of earlier members.
   * @throws FrameworkError `MERGE_CONFLICT`, `PAYLOAD_INVALID`, `PAYLOAD_TOO_LARGE`
   */
  readonly merge = (base: object, modified: object): object => {
    const { run } = this;
    const changes = changesBetween(base, modified);
    const conflict = changes.find((change) => this.applied.conflictsWith(change));
    if (conflict !== undefined) {
      throw new FrameworkError(
        'MERGE_CONFLICT',
        `changes ${toPointer(conflict.path)}, which an earlier plugin of the same priority changed to another value`,
      );
    }
    if (run.payload === base) {
      this.applied.add(changes);
      return modified;
    }
    const { contract, limits } = run.plan;
    const merged = run.request.services.payloads.isolateVersion(
      applyChanges(run.payload, changes) as object,
      run.payload,
      limits,
    );
    const parsed = contract.payload.safeParse(merged);
    if (!parsed.success) {
      throw new FrameworkError('PAYLOAD_INVALID', `merged payload: ${describeIssues(parsed.error)}`);
    }
    this.applied.add(changes);
    return merged;
  };

  private get isDone(): boolean {
    return this.next === this.members.length;
  }

  /** Settles, in file order, every member whose earlier ones are settled. */
  private settleReady(): void {
    for (; this.next < this.members.length; this.next++) {
      const member = this.members[this.next];
      if (member === undefined || !member.isReady) return;
      member.settle(this.run, this.base, this);
      if (!this.run.isStopped) continue;
      this.next++;
      this.abandon(new FrameworkError('PLUGIN_ERROR', 'another plugin of the band blocked the call'));
      this.next = this.members.length;
      return;
    }
  }
}

/** One member: its handler's answer, kept until its turn. */
class Member extends Deadline {
  isReady = false;
  private readonly step: Step;
  private readonly band: BandRun;
  private context: CallContext | undefined = undefined;
  private turn: Turn | undefined = undefined;
  private settleLater: ((run: HookRun, base: object, band: BandRun) => void) | undefined = undefined;
  private ticker: Ticker | undefined = undefined;
  private isAbandoned = false;

  constructor(step: Step, band: BandRun) {
    super();
    this.step = step;
    this.band = band;
  }

  start(run: HookRun): void {
    const { step } = this;
    if (!run.admit(step)) {
      this.isReady = true;
      return;
    }
    const context = run.newContext(step);
    this.context = context;
    this.turn = run.beginTurn();
    let returned: unknown;
    try {
      const { handler } = step;
      returned = handler(run.payload, context);
      if (isThenable(returned)) {
        this.wait(returned, run, context);
        return;
      }
    } catch (error) {
      this.answer((target) => target.fail(step, error));
      return;
    }
    this.answer((target, base, band) => target.settle(step, context, returned, base, band.merge));
  }

  settle(run: HookRun, base: object, band: BandRun): void {
    if (this.turn !== undefined) run.resumeTurn(this.turn);
    this.settleLater?.(run, base, band);
  }

  abandon(reason: Error): void {
    this.ticker?.remove(this);
    if (this.isReady) return;
    this.isAbandoned = true;
    this.context?.abort(reason);
  }

  override onDeadline(): void {
    const error = timeoutError(this.step);
    this.ticker?.remove(this);
    this.isAbandoned = true;
    this.context?.abort(error);
    this.answer((run) => run.fail(this.step, error));
  }

  private wait(pending: PromiseLike<unknown>, run: HookRun, context: CallContext): void {
    const { ticker } = run.request.services;
    const { step } = this;
    this.ticker = ticker;
    this.arm(run.limitOf(step));
    ticker.add(this);
    const settleWith = (settle: (run: HookRun, base: object, band: BandRun) => void): void => {
      ticker.remove(this);
      if (this.isAbandoned) step.ref.counts.late++;
      else this.answer(settle);
    };
    void Promise.resolve(pending).then(
      (returned) =>
        settleWith((target, base, band) => target.settle(step, context, returned, base, band.merge)),
      (error: unknown) => settleWith((target) => target.fail(step, error)),
    );
  }

  private answer(settle: (run: HookRun, base: object, band: BandRun) => void): void {
    if (this.isReady) return;
    this.ticker?.remove(this);
    this.isReady = true;
    this.settleLater = settle;
    this.band.onAnswer();
  }
}
