import type { FrameworkError } from '@mcpplugins/framework-core';
import { externalError } from '../errors/peer-error.js';

/** A time for which a server asked to be left alone. */
export class Hold {
  private readonly peer: string;
  private readonly longestMs: number;
  private until = 0;

  /** `longestMs`: what the server may ask for at most. */
  constructor(peer: string, longestMs: number) {
    this.peer = peer;
    this.longestMs = longestMs;
  }

  /** Whether there was one since the last call of `check`. */
  get isSet(): boolean {
    return this.until > 0;
  }

  /** Milliseconds that are left of it, at most 0 when it is over. */
  get leftMs(): number {
    return this.until - performance.now();
  }

  /** Notes what a server asked for. Undefined: nothing. */
  begin(retryAfterMs: number | undefined): void {
    if (retryAfterMs === undefined) return;
    this.until = Math.max(this.until, performance.now() + Math.min(retryAfterMs, this.longestMs));
  }

  /** Refuses a call while it lasts. @throws FrameworkError `PEER_UNAVAILABLE` */
  check(cause: FrameworkError | undefined): void {
    if (!this.isSet) return;
    const { leftMs } = this;
    if (leftMs <= 0) {
      this.until = 0;
      return;
    }
    throw externalError(
      'PEER_UNAVAILABLE',
      `plugin server ${this.peer} asked to be left alone for another ${Math.ceil(leftMs / 1000)} s`,
      cause,
    );
  }
}
