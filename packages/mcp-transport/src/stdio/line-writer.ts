import type { Writable } from 'node:stream';
import { TransportError } from '../errors/transport-error.js';
import { toSingleLine } from '../single-line.js';

/** What a `LineWriter` reports to. */
export interface WriterReceiver {
  /** The stream took what was waiting, after `write` had answered false. */
  onDrain(): void;
  /** Nothing can be written any more. */
  onFailed(error: TransportError): void;
}

/** Limits of a `LineWriter`, in UTF-16 units (1 to 3 bytes each). */
export interface WriterLimits {
  /** Above it, `write` answers false. */
  readonly highWaterCharacters: number;
  /** Above it, the peer is given up. */
  readonly maxBufferedCharacters: number;
}

/** Enough for a piece of its own: the peer, on another core, begins with it while the rest is still being made. */
const pieceCharacters = 4096;

/**
 * Writes lines to a stream. What is written in one turn of the event loop goes out in pieces, the last at its end; what
 * is written while the stream is busy goes out as one piece once it is ready.
 */
export class LineWriter {
  private readonly stream: Writable;
  private readonly limits: WriterLimits;
  private readonly receiver: WriterReceiver;
  private waiting: string[] = [];
  private waitingCharacters = 0;
  private busyCharacters = 0;
  /** Pieces whose callback is still to come. */
  private unconfirmed = 0;
  private scheduled = false;
  private full = false;
  private failed = false;
  private flushed: (() => void)[] = [];

  constructor(stream: Writable, limits: WriterLimits, receiver: WriterReceiver) {
    this.stream = stream;
    this.limits = limits;
    this.receiver = receiver;
  }

  /** Takes one line of JSON text. False: wait for `onDrain`. */
  write(text: string): boolean {
    if (this.failed) return true;
    this.waiting.push(toSingleLine(text));
    this.waitingCharacters += text.length + 1;
    const buffered = this.waitingCharacters + this.busyCharacters;
    if (buffered > this.limits.maxBufferedCharacters) {
      this.fail(new TransportError('WRITE_BUFFER_FULL', `the peer left ${buffered} characters unread`));
      return true;
    }
    if (this.busyCharacters === 0) {
      if (this.waitingCharacters >= pieceCharacters) this.flush();
      else if (!this.scheduled) {
        this.scheduled = true;
        process.nextTick(this.flush);
      }
    }
    if (buffered <= this.limits.highWaterCharacters) return true;
    this.full = true;
    return false;
  }

  /** Resolves once everything that was written so far has been handed to the system, or never will be. */
  whenFlushed(): Promise<void> {
    if (this.failed || this.waitingCharacters + this.busyCharacters === 0) return Promise.resolve();
    return new Promise((resolve) => this.flushed.push(resolve));
  }

  /** Drops what waits; later writes are ignored. */
  abandon(): void {
    this.failed = true;
    this.waiting = [];
    this.waitingCharacters = 0;
    this.releaseFlushed();
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    if (this.failed || this.waiting.length === 0) return;
    this.waiting.push('');
    const piece = this.waiting.join('\n');
    this.waiting = [];
    this.waitingCharacters = 0;
    this.unconfirmed++;
    this.stream.write(piece, this.written);
    // Often the system takes all of it at once, and the callback has only to come.
    this.busyCharacters = this.stream.writableLength === 0 ? 0 : piece.length;
  };

  private readonly written = (error?: Error | null): void => {
    this.unconfirmed--;
    if (error) {
      this.fail(
        new TransportError('STREAM_FAILED', `writing to the peer failed: ${error.message}`, { cause: error }),
      );
      return;
    }
    if (this.unconfirmed > 0) return;
    this.busyCharacters = 0;
    if (!this.scheduled) this.flush();
    if (this.waitingCharacters + this.busyCharacters > 0) return;
    this.releaseFlushed();
    if (!this.full) return;
    this.full = false;
    this.receiver.onDrain();
  };

  private fail(error: TransportError): void {
    if (this.failed) return;
    this.abandon();
    this.receiver.onFailed(error);
  }

  private releaseFlushed(): void {
    const { flushed } = this;
    this.flushed = [];
    for (const resolve of flushed) resolve();
  }
}
