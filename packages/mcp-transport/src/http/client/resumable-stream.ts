import { setTimeout as delay } from 'node:timers/promises';
import { TransportError } from '../../errors/transport-error.js';
import type { HttpResponse } from './http-response.js';
import { readEvents } from './read-response.js';

/** What a `ResumableStream` takes. */
export interface ResumableStreamOptions {
  /** Opens the stream again, after an event if one is known. Undefined: the server has no such stream. */
  readonly reopen: (lastEventId: string | undefined) => Promise<HttpResponse | undefined>;
  /** Takes the data of an event. True: it was the last that is wanted. */
  readonly onData: (text: string) => boolean;
  /** Whether anybody still waits for what the stream brings. */
  readonly isWanted: () => boolean;
  /** Whether the stream can be opened again without an event to go on from. */
  readonly isEndless: boolean;
  readonly maxMessageBytes: number;
  readonly retryMs: number;
  readonly maxRetries: number;
  /** Fires when nothing is wanted any longer. */
  readonly signal: AbortSignal;
}

const longestRetryMs = 30_000;

/** One stream of server-sent events over as many connections as it takes. */
export class ResumableStream {
  private readonly options: ResumableStreamOptions;
  private lastEventId: string | undefined;
  private retryMs: number;
  private attempts = 0;
  private isFinished = false;

  constructor(options: ResumableStreamOptions) {
    this.options = options;
    this.retryMs = options.retryMs;
  }

  /**
   * Reads to the end: the wanted data, or the abort signal.
   * @throws TransportError `STREAM_LOST`, `MESSAGE_TOO_LARGE`, and what `reopen` throws
   */
  async read(first: HttpResponse): Promise<void> {
    const { isWanted, maxMessageBytes, onData } = this.options;
    for (let response: HttpResponse | undefined = first; response !== undefined;) {
      await readEvents(response, maxMessageBytes, {
        onId: (id) => {
          this.lastEventId = id;
          this.attempts = 0;
        },
        onRetry: (milliseconds) => {
          this.retryMs = Math.min(milliseconds, longestRetryMs);
        },
        onData: (text) => {
          if (onData(text)) this.isFinished = true;
        },
      });
      if (this.isFinished || !isWanted()) return;
      response = await this.reopen();
    }
  }

  private async reopen(): Promise<HttpResponse | undefined> {
    const { isEndless, maxRetries, reopen, signal } = this.options;
    if (this.lastEventId === undefined && !isEndless) {
      throw new TransportError('STREAM_LOST', 'the stream ended before the answer and cannot be resumed');
    }
    for (;;) {
      await delay(Math.min(this.retryMs * 2 ** this.attempts, longestRetryMs), undefined, { signal });
      this.attempts++;
      try {
        return await reopen(this.lastEventId);
      } catch (error) {
        if (this.attempts >= maxRetries || !TransportError.is(error, 'STREAM_FAILED')) throw error;
      }
    }
  }
}
