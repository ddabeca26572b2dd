/** Limits of a `CallLimiter`. */
export interface CallLimits {
  /** Requests of all clients that may be in flight. Default 1024. */
  readonly maxConcurrentCalls?: number | undefined;
  /** The same of one session. Default 128. */
  readonly maxConcurrentCallsPerSession?: number | undefined;
  /** Requests of all clients that may wait for their turn; later ones are turned away. Default 1024. */
  readonly maxWaitingCalls?: number | undefined;
  /** Milliseconds that one may wait. Default 30 000. */
  readonly maxWaitMs?: number | undefined;
}

/** A request that asks for its turn. */
export interface Turn {
  readonly session: object;
  /** It is its turn. */
  readonly begin: () => void;
  /** It has waited for too long. */
  readonly giveUp: () => void;
}

/**
 * Lets so many requests be in flight, in all and of each session. The others wait in the order of their arrival; one whose
 * session is at its limit lets others pass.
 */
export class CallLimiter {
  private readonly limits: { readonly [Limit in keyof CallLimits]-?: number };
  /** Turns that wait, with the timers of their patience, in order. */
  private readonly queue = new Map<Turn, NodeJS.Timeout>();
  private readonly begun = new Set<Turn>();
  private readonly perSession = new Map<object, number>();
  private isCalling = false;

  constructor(limits: CallLimits = {}) {
    this.limits = {
      maxConcurrentCalls: limits.maxConcurrentCalls ?? 1024,
      maxConcurrentCallsPerSession: limits.maxConcurrentCallsPerSession ?? 128,
      maxWaitingCalls: limits.maxWaitingCalls ?? 1024,
      maxWaitMs: limits.maxWaitMs ?? 30_000,
    };
  }

  get running(): number {
    return this.begun.size;
  }

  get waiting(): number {
    return this.queue.size;
  }

  isWaiting(turn: Turn): boolean {
    return this.queue.has(turn);
  }

  /** Begins a request now or later. False: too many wait. */
  enter(turn: Turn): boolean {
    if (this.hasRoom(turn.session)) {
      this.begin(turn);
      return true;
    }
    if (this.queue.size >= this.limits.maxWaitingCalls) return false;
    const timer = setTimeout(() => {
      this.queue.delete(turn);
      turn.giveUp();
    }, this.limits.maxWaitMs).unref();
    this.queue.set(turn, timer);
    return true;
  }

  /** A request has ended, or is not wanted any more. */
  leave(turn: Turn): void {
    clearTimeout(this.queue.get(turn));
    if (this.queue.delete(turn) || !this.begun.delete(turn)) return;
    const left = (this.perSession.get(turn.session) ?? 1) - 1;
    if (left === 0) this.perSession.delete(turn.session);
    else this.perSession.set(turn.session, left);
    this.callNext();
  }

  private hasRoom(session: object): boolean {
    return (
      this.begun.size < this.limits.maxConcurrentCalls &&
      (this.perSession.get(session) ?? 0) < this.limits.maxConcurrentCallsPerSession
    );
  }

  private begin(turn: Turn): void {
    const { session } = turn;
    this.begun.add(turn);
    this.perSession.set(session, (this.perSession.get(session) ?? 0) + 1);
    turn.begin();
  }

  private callNext(): void {
    // A request may end while it begins; the loop that began it goes on then.
    if (this.isCalling) return;
    this.isCalling = true;
    this.beginWaiting();
    this.isCalling = false;
  }

  private beginWaiting(): void {
    for (const [turn, timer] of this.queue) {
      if (this.begun.size >= this.limits.maxConcurrentCalls) return;
      if (!this.hasRoom(turn.session)) continue;
      clearTimeout(timer);
      this.queue.delete(turn);
      this.begin(turn);
    }
  }
}
