/**
 * How a server is: `unknown` until it was first used; `ready`: it answered last; `degraded`: the last connection to it failed or
 * ended unexpectedly; `failed`: so did several in a row.
 */
export type UpstreamState = 'unknown' | 'ready' | 'degraded' | 'failed';

/** What went wrong with a server, in words of the gateway: nothing that the server said, no command, no path. */
export interface UpstreamProblem {
  /** A code of `gateway` or `mcp-transport`. */
  readonly code: string;
  readonly message: string;
}

/** How a server is, and what became of the connections to it. */
export interface UpstreamStatus {
  readonly state: UpstreamState;
  /** The last failure, also when the server is ready again; `at` in ISO 8601. */
  readonly lastError?: (UpstreamProblem & { readonly at: string }) | undefined;
  /** Sessions with it that are open now. */
  readonly sessions: number;
  /** Connections that were begun. */
  readonly starts: number;
  /** Connections that failed or ended unexpectedly, and requests that it could not be given. */
  readonly failures: number;
}

/** Is told that a server is in another state than before. */
export type HealthObserver = (status: UpstreamStatus, before: UpstreamState) => void;

/** Failures without an answer between them after which a server counts as failed. */
const failedAfter = 3;

/** The health of one server, from all sessions with it. */
export class UpstreamHealth {
  private readonly onChange: HealthObserver;
  private readonly now: () => number;
  private state: UpstreamState = 'unknown';
  private lastError: UpstreamStatus['lastError'];
  private sessions = 0;
  private starts = 0;
  private failures = 0;
  private failuresInRow = 0;

  /** @param now milliseconds since the epoch */
  constructor(onChange: HealthObserver, now: () => number = Date.now) {
    this.onChange = onChange;
    this.now = now;
  }

  get status(): UpstreamStatus {
    const { state, lastError, sessions, starts, failures } = this;
    return { state, ...(lastError !== undefined && { lastError }), sessions, starts, failures };
  }

  noteStart(): void {
    this.starts++;
  }

  noteOpened(): void {
    this.sessions++;
  }

  noteClosed(): void {
    this.sessions--;
  }

  noteAnswer(): void {
    this.failuresInRow = 0;
    this.change('ready');
  }

  noteFailure({ code, message }: UpstreamProblem): void {
    this.failures++;
    this.failuresInRow++;
    this.lastError = { code, message, at: new Date(this.now()).toISOString() };
    this.change(this.failuresInRow < failedAfter ? 'degraded' : 'failed');
  }

  private change(state: UpstreamState): void {
    const before = this.state;
    if (state === before) return;
    this.state = state;
    this.onChange(this.status, before);
  }
}
