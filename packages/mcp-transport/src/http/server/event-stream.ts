import type { ServerResponse } from 'node:http';
import { toSingleLine } from '../../single-line.js';
import { type EventLog, formatEventId } from './event-log.js';

/** What an `EventStream` takes. */
export interface EventStreamOptions {
  readonly id: number;
  readonly log: EventLog;
  readonly sessionId: string;
  /** Milliseconds after which a client may come back to a lost stream. */
  readonly retryMs: number;
  /** Whether the client understands an event without a message, from which it learns where it can resume. */
  readonly isPrimed: boolean;
  /** The client reads again. */
  readonly onDrain: () => void;
}

/**
 * One stream of server-sent events. It outlives the HTTP response that carries it: what is sent while there is none is kept
 * in the log for a client that resumes.
 */
export class EventStream {
  readonly id: number;
  isEnded = false;
  private readonly options: EventStreamOptions;
  private response: ServerResponse | undefined;
  private sequence = 0;

  constructor(options: EventStreamOptions) {
    this.id = options.id;
    this.options = options;
  }

  get isAttached(): boolean {
    return this.response !== undefined;
  }

  /** Sends the stream over a response from now on, after the events that the client has missed. */
  attach(response: ServerResponse, resumeAfter?: number): void {
    this.response?.end();
    this.response = response;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'mcp-session-id': this.options.sessionId,
    });
    response.on('drain', this.options.onDrain);
    response.once('close', () => {
      if (this.response !== response) return;
      this.response = undefined;
      this.options.onDrain();
    });
    if (resumeAfter === undefined) {
      this.prime(response);
    } else {
      for (const { sequence, text } of this.options.log.after(this.id, resumeAfter)) {
        response.write(this.format(sequence, text));
      }
      if (this.isEnded) response.end();
    }
    response.flushHeaders();
  }

  /** Sends one message. False: the client is slow. */
  write(text: string): boolean {
    const sequence = ++this.sequence;
    this.options.log.add(this.id, sequence, text);
    return this.response?.write(this.format(sequence, text)) ?? true;
  }

  /** Keeps proxies from taking a quiet stream for a dead one. */
  ping(): void {
    this.response?.write(': keep-alive\n\n');
  }

  /** No further message comes. */
  end(): void {
    this.isEnded = true;
    this.response?.end();
    this.response = undefined;
  }

  /** Cuts the connection; the client may resume. */
  detach(): void {
    this.response?.destroy();
    this.response = undefined;
  }

  get waitingBytes(): number {
    return this.response?.writableLength ?? 0;
  }

  private prime(response: ServerResponse): void {
    if (!this.options.isPrimed) return;
    response.write(
      `id: ${formatEventId(this.id, this.sequence)}\nretry: ${this.options.retryMs}\ndata: \n\n`,
    );
  }

  private format(sequence: number, text: string): string {
    return `id: ${formatEventId(this.id, sequence)}\ndata: ${toSingleLine(text)}\n\n`;
  }
}
