import {
  isRequest,
  type JsonRpcMessage,
  type RawTransport,
  type ReceivedMessage,
  type RequestId,
  type SendOptions,
} from '@mcpplugins/mcp-transport';
import { errorAnswer } from '../relay/refusal.js';
import { rpcCodes } from '../rpc-codes.js';
import type { CallLimiter, Turn } from './call-limiter.js';

/** What a `LimitedClient` takes. */
export interface LimitedClientOptions {
  readonly client: RawTransport;
  readonly limiter: CallLimiter;
  /** A request has ended before anybody but the limiter knew of it. */
  readonly onUnbegun?: ((end: UnbegunCall) => void) | undefined;
}

/** A request that never had its turn. */
export interface UnbegunCall {
  readonly id: RequestId;
  readonly method: string;
  readonly outcome: 'overloaded' | 'cancelled';
  /** Milliseconds that it waited. */
  readonly durationMs: number;
}

interface ClientTurn extends Turn {
  readonly method: string;
  readonly since: number;
}

/** Milliseconds after which a client that was turned away may try again. */
const retryAfterMs = 1000;

/**
 * A client whose requests wait for their turn. What is no request (answers to the server's questions, notifications) never waits: a
 * request in flight may need it to end. `ping` does not wait either.
 */
export class LimitedClient implements RawTransport {
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  onclose?: (() => void) | undefined;
  private readonly options: LimitedClientOptions;
  private readonly client: RawTransport;
  private readonly turns = new Map<RequestId, ClientTurn>();

  constructor(options: LimitedClientOptions) {
    this.options = options;
    this.client = options.client;
    this.client.onraw = (received) => this.receive(received);
    this.client.onclose = () => {
      for (const id of this.turns.keys()) this.leave(id);
      this.onclose?.();
    };
  }

  set onerror(handler: ((error: Error) => void) | undefined) {
    this.client.onerror = handler;
  }

  set ondrain(handler: (() => void) | undefined) {
    this.client.ondrain = handler;
  }

  get sessionId(): string | undefined {
    return this.client.sessionId;
  }

  start(): Promise<void> {
    return this.client.start();
  }

  send(message: JsonRpcMessage, options?: SendOptions): Promise<void> {
    return this.client.send(message, options);
  }

  sendText(text: string, options?: SendOptions): boolean {
    const isQuick = this.client.sendText(text, options);
    if (options?.answers !== undefined) this.leave(options.answers);
    return isQuick;
  }

  readonly release = (id: RequestId): void => {
    this.client.release?.(id);
    this.leave(id);
  };

  pause(): void {
    this.client.pause();
  }

  resume(): void {
    this.client.resume();
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private receive(received: ReceivedMessage): void {
    const { message } = received;
    if (isRequest(message)) {
      if (message.method === 'ping' || this.turns.has(message.id)) this.onraw?.(received);
      else this.request(received, message.id, message.method);
    } else if (!('method' in message) || message.method !== 'notifications/cancelled') {
      this.onraw?.(received);
    } else if (!this.cancel(message.params?.['requestId'])) {
      this.onraw?.(received);
    }
  }

  private request(received: ReceivedMessage, id: RequestId, method: string): void {
    const since = performance.now();
    const turnAway = (): void => {
      this.turns.delete(id);
      const data = { code: 'OVERLOADED', retryAfterMs };
      const problem = 'Too many requests in flight; try again later';
      this.client.sendText(errorAnswer(id, rpcCodes.overloaded, problem, data), { answers: id });
      this.options.onUnbegun?.({ id, method, outcome: 'overloaded', durationMs: performance.now() - since });
    };
    const turn = { session: this, since, method, begin: () => this.onraw?.(received), giveUp: turnAway };
    this.turns.set(id, turn);
    if (!this.options.limiter.enter(turn)) turnAway();
  }

  /** Forgets a request that still waits: nobody else knows of it. */
  private cancel(id: unknown): boolean {
    if (typeof id !== 'string' && typeof id !== 'number') return false;
    const turn = this.turns.get(id);
    if (turn === undefined || !this.options.limiter.isWaiting(turn)) return false;
    const { method, since } = turn;
    this.release(id);
    this.options.onUnbegun?.({ id, method, outcome: 'cancelled', durationMs: performance.now() - since });
    return true;
  }

  private leave(id: RequestId): void {
    const turn = this.turns.get(id);
    if (turn === undefined) return;
    this.turns.delete(id);
    this.options.limiter.leave(turn);
  }
}
