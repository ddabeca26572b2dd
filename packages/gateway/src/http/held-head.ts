import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { MaybePromise } from '@mcpplugins/framework-core';

/** Header fields of an answer, names in lower case. */
type AnswerHeaders = Readonly<Record<string, string | string[]>>;

/** The head of an answer that is about to be sent. */
export interface AnswerHead {
  readonly statusCode: number;
  readonly headers: AnswerHeaders;
}

/** What becomes of an answer: it goes out under this head, or another takes its place. */
export type HeadDecision = AnswerHead & {
  /** The body of the answer that takes its place. */
  readonly insteadBody?: string | undefined;
};

type Arguments = readonly unknown[];

/**
 * Holds the head of an answer back, and what is written after it, until it is decided what becomes of it. Whoever writes is made to
 * wait as by a slow client. It changes this one response, until the decision.
 */
export function holdHead(
  response: ServerResponse,
  decide: (head: AnswerHead) => MaybePromise<HeadDecision>,
): void {
  new HeldHead(response, decide).install();
}

class HeldHead {
  private readonly response: ServerResponse;
  private readonly decide: (head: AnswerHead) => MaybePromise<HeadDecision>;
  private state: 'open' | 'held' | 'replaced' = 'open';
  private readonly written: Arguments[] = [];
  private heldBytes = 0;
  private end: Arguments | undefined;
  private isFlushed = false;
  private isFull = false;

  constructor(response: ServerResponse, decide: (head: AnswerHead) => MaybePromise<HeadDecision>) {
    this.response = response;
    this.decide = decide;
  }

  install(): void {
    const { response } = this;
    const methods = {
      writeHead: (...given: Arguments) => this.takeHead(given),
      write: (...given: Arguments) => this.takeWrite(given),
      end: (...given: Arguments) => this.takeEnd(given),
      flushHeaders: () => this.takeFlush(),
    };
    for (const [name, value] of Object.entries(methods))
      Object.defineProperty(response, name, { configurable: true, value });
    Object.defineProperty(response, 'writableLength', { configurable: true, get: () => this.heldBytes });
  }

  private takeHead(given: Arguments): ServerResponse {
    const { response } = this;
    if (this.state === 'replaced') return response;
    if (this.state === 'held') throw new Error('the head of this answer is written already');
    const [statusCode, ...rest] = given;
    const headers = rest.find((one) => typeof one === 'object' && one !== null);
    this.hold(Number(statusCode), { ...response.getHeaders(), ...headers });
    return response;
  }

  private takeWrite(given: Arguments): boolean {
    if (this.state === 'open') this.hold(this.response.statusCode, this.response.getHeaders());
    if (this.state === 'replaced') return true;
    this.written.push(given);
    const [chunk] = given;
    this.heldBytes += chunk instanceof Uint8Array ? chunk.length : Buffer.byteLength(String(chunk));
    this.isFull ||= this.heldBytes >= this.response.writableHighWaterMark;
    return !this.isFull;
  }

  private takeEnd(given: Arguments): ServerResponse {
    if (this.state === 'open') this.hold(this.response.statusCode, this.response.getHeaders());
    if (this.state === 'held') this.end = given;
    return this.response;
  }

  private takeFlush(): void {
    if (this.state === 'open') this.hold(this.response.statusCode, this.response.getHeaders());
    this.isFlushed = true;
  }

  private hold(statusCode: number, headers: OutgoingHttpHeaders): void {
    this.state = 'held';
    Promise.resolve(this.decide({ statusCode, headers: lowerCased(headers) }))
      .then((decision) => this.settle(decision))
      .catch(() => this.response.destroy());
  }

  private settle({ statusCode, headers, insteadBody }: HeadDecision): void {
    const { response } = this;
    this.heldBytes = 0;
    this.restore();
    if (response.destroyed) return;
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.writeHead(statusCode, { ...headers });
    if (insteadBody === undefined) {
      this.release();
      return;
    }
    response.end(insteadBody);
    // Whoever answers may not know yet, and writes on.
    this.state = 'replaced';
    this.install();
  }

  /** Sends what was held back, in its order. */
  private release(): void {
    const { response } = this;
    for (const given of this.written) response.write(...(given as [string]));
    if (this.end !== undefined) response.end(...(this.end as [string]));
    else if (this.isFlushed) response.flushHeaders();
    if (this.isFull && !response.writableNeedDrain) response.emit('drain');
  }

  private restore(): void {
    for (const name of ['writeHead', 'write', 'end', 'flushHeaders', 'writableLength'])
      Reflect.deleteProperty(this.response, name);
  }
}

function lowerCased(headers: OutgoingHttpHeaders): AnswerHeaders {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value : String(value)]],
    ),
  );
}
