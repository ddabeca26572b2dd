import type { CancelSignal } from '@mcpplugins/framework-core/wire';
import { externalError } from '../errors/peer-error.js';

/** Limits of a `CallGate`. */
export interface CallGateOptions {
  readonly peer: string;
  readonly maxConcurrentCalls: number;
  readonly maxQueuedCalls: number;
}

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (error: Error) => void;
}

/** Lets so many calls through at a time, lets some more wait, and refuses the rest. */
export class CallGate {
  private readonly options: CallGateOptions;
  private active = 0;
  private waiting: Waiting[] = [];
  /** While the server is on probation, one call at a time goes through. */
  private onProbation = false;

  constructor(options: CallGateOptions) {
    this.options = options;
  }

  /** Undefined: the call may go at once. Every call that entered must `leave`. @throws FrameworkError `PEER_BUSY` */
  enter(signal: CancelSignal | undefined): Promise<void> | undefined {
    if (this.active < this.limit) {
      this.active++;
      return undefined;
    }
    const { peer, maxQueuedCalls } = this.options;
    if (this.waiting.length >= maxQueuedCalls) {
      return Promise.reject(
        externalError('PEER_BUSY', `plugin server ${peer}: ${maxQueuedCalls} calls wait for it already`),
      );
    }
    return new Promise((resolve, reject) => {
      const onAbort = {
        handleEvent: () => {
          this.waiting = this.waiting.filter((other) => other !== entry);
          reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
        },
      };
      const entry: Waiting = {
        enter: () => {
          signal?.removeEventListener('abort', onAbort);
          this.active++;
          resolve();
        },
        refuse: (error) => {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort);
      this.waiting.push(entry);
    });
  }

  leave(): void {
    this.active--;
    this.admit();
  }

  /** Refuses whatever waits. */
  refuseWaiting(error: Error): void {
    const { waiting } = this;
    this.waiting = [];
    for (const entry of waiting) entry.refuse(error);
  }

  setProbation(onProbation: boolean): void {
    this.onProbation = onProbation;
    this.admit();
  }

  private get limit(): number {
    return this.onProbation ? 1 : this.options.maxConcurrentCalls;
  }

  private admit(): void {
    while (this.active < this.limit) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      next.enter();
    }
  }
}
