/** What an `IdleClock` takes. */
export interface IdleClockOptions {
  /** Milliseconds without use after which it strikes. */
  readonly idleMs: number;
  /** Whether it is in use now. */
  readonly isInUse: () => boolean;
  /** When it was last used, by `performance.now()`. */
  readonly lastUse: () => number;
  readonly onIdle: () => void;
}

/** Strikes once, when something was not used for a while; at most a quarter of that time late. Does not keep a process alive. */
export class IdleClock {
  private readonly options: IdleClockOptions;
  private readonly timer: NodeJS.Timeout;
  private latest = performance.now();

  constructor(options: IdleClockOptions) {
    this.options = options;
    this.timer = setInterval(() => this.look(), options.idleMs / 4).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { idleMs, isInUse, lastUse, onIdle } = this.options;
    const now = performance.now();
    this.latest = Math.max(this.latest, isInUse() ? now : lastUse());
    if (now - this.latest < idleMs) return;
    this.stop();
    onIdle();
  }
}
