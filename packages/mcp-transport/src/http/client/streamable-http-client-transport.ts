import { setTimeout as delay } from 'node:timers/promises';
import { defaultMaxMessageBytes } from '../../default-max-message-bytes.js';
import { TransportError } from '../../errors/transport-error.js';
import { isRequest, isResponse, type JsonRpcMessage, type RequestId } from '../../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../../received-message.js';
import type { RawTransport, SendOptions } from '../../transport.js';
import type { StreamableHttpClientOptions } from './http-client-options.js';
import { HttpConnection } from './http-connection.js';
import type { HttpResponse } from './http-response.js';
import { readText } from './read-response.js';
import { ResumableStream } from './resumable-stream.js';
import { statusError } from './status-error.js';
import { toTransportError } from './to-transport-error.js';

/** An answer that is waited for, and what gives up the HTTP request that should bring it. */
interface AwaitedAnswer {
  giveUp: (() => void) | undefined;
}

/** What an HTTP request is made for. */
interface RequestPurpose {
  readonly answer?: AwaitedAnswer;
  readonly requestId?: RequestId | undefined;
}

/** Milliseconds that the stream gets to be opened before the first notification is sent. */
const streamHeadStartMs = 250;

/** Milliseconds that the server gets to end the session. */
const endSessionMs = 1000;

/**
 * The client's end of MCP over Streamable HTTP, on connections that stay open. A stream that is lost is resumed where the server gave
 * event ids; where it cannot be, the request that waits for it is reported as failed at once. Nothing is ever sent twice.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export class StreamableHttpClientTransport implements RawTransport {
  sessionId: string | undefined;
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;
  private readonly options: StreamableHttpClientOptions;
  private readonly connection: HttpConnection;
  /** What gives up each HTTP request that is under way. */
  private readonly requests = new Set<() => void>();
  private readonly awaited = new Map<RequestId, AwaitedAnswer>();
  private readonly closing = new AbortController();
  private protocolVersion: string | undefined;
  /** A notification that the server has not accepted yet: what is sent later must not overtake it. */
  private barrier: Promise<void> | undefined;
  private stream: 'none' | 'asked' = 'none';
  private state: 'new' | 'open' | 'closed' = 'new';

  constructor(options: StreamableHttpClientOptions) {
    this.options = options;
    this.connection = new HttpConnection(options);
  }

  /** @throws TransportError `ALREADY_STARTED` */
  async start(): Promise<void> {
    if (this.state !== 'new') throw new TransportError('ALREADY_STARTED', 'the transport was started before');
    this.state = 'open';
  }

  setProtocolVersion(version: string): void {
    this.protocolVersion = version;
  }

  /** Resolves once the server has accepted the message. @throws TransportError */
  async send(message: JsonRpcMessage, _options?: SendOptions): Promise<void> {
    if (this.state !== 'open') {
      throw new TransportError('TRANSPORT_CLOSED', 'the transport is closed or was not started');
    }
    await this.dispatch(JSON.stringify(message), isRequest(message) ? message.id : undefined);
  }

  sendText(text: string, { requestId }: SendOptions = {}): boolean {
    if (this.state === 'open') {
      this.dispatch(text, requestId).catch((error: unknown) => this.report(error, requestId));
    }
    return true;
  }

  /** Gives up every open request and ends the session at the server. */
  async close(): Promise<void> {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.closing.abort();
    for (const giveUp of this.requests) giveUp();
    if (this.sessionId !== undefined) await this.endSession();
    this.connection.close();
    this.onclose?.();
  }

  /** Gives up waiting for an answer, once the server knows what was sent before. */
  readonly release = (requestId: RequestId): void => {
    const giveUpWaiting = (): void => {
      const answer = this.awaited.get(requestId);
      this.awaited.delete(requestId);
      answer?.giveUp?.();
    };
    if (this.barrier === undefined) giveUpWaiting();
    else void this.barrier.then(giveUpWaiting);
  };

  /** Every answer has a connection of its own; there is no common stream to hold up. */
  pause(): void {}

  resume(): void {}

  private async dispatch(text: string, requestId: RequestId | undefined): Promise<void> {
    while (this.barrier !== undefined) await this.barrier;
    const posted = requestId === undefined ? this.postAfterStream(text) : this.post(text, requestId);
    if (requestId === undefined) {
      const settle = (): void => {
        this.barrier = undefined;
      };
      this.barrier = posted.then(settle, settle);
    }
    await posted;
  }

  /**
   * Servers begin to tell of changes when they get the first notification (`initialized`), and drop what they tell while there is no
   * stream: so the stream comes first.
   */
  private async postAfterStream(text: string): Promise<void> {
    if (this.stream === 'none' && this.sessionId !== undefined) {
      const late = delay(streamHeadStartMs, undefined, { signal: this.closing.signal });
      await Promise.race([this.openStream(), late]);
    }
    await this.post(text, undefined);
  }

  private async post(text: string, requestId: RequestId | undefined): Promise<void> {
    const answer: AwaitedAnswer = { giveUp: undefined };
    if (requestId !== undefined) this.awaited.set(requestId, answer);
    const response = await this.request('POST', text, { answer, requestId });
    const session = response.headers['mcp-session-id'];
    if (typeof session === 'string') this.sessionId ??= session;
    if (response.statusCode === 202 && requestId === undefined) {
      response.discard();
      return;
    }
    if (response.statusCode !== 200) throw await statusError(response, this.sessionId !== undefined);
    this.readAnswer(response, requestId, answer)
      .catch((error: unknown) => this.report(error, requestId))
      .finally(() => {
        if (requestId !== undefined && this.awaited.get(requestId) === answer) this.awaited.delete(requestId);
      });
  }

  private async readAnswer(
    response: HttpResponse,
    requestId: RequestId | undefined,
    answer: AwaitedAnswer,
  ): Promise<void> {
    const type = response.headers['content-type'] ?? '';
    if (type.startsWith('application/json')) {
      const text = await readText(response, this.options.maxMessageBytes ?? defaultMaxMessageBytes);
      if (!this.receive(text, requestId) && requestId !== undefined) throw answersNothing();
      return;
    }
    if (type.startsWith('text/event-stream')) {
      await this.createStream(requestId, answer).read(response);
      return;
    }
    response.destroy();
    throw new TransportError('HTTP_BODY_INVALID', `the server answered with the content type "${type}"`);
  }

  /** Opens the stream of messages that answer no request; resolves once it is open, or will not be. Servers may have none. */
  private async openStream(): Promise<void> {
    this.stream = 'asked';
    const answer: AwaitedAnswer = { giveUp: undefined };
    try {
      const response = await this.reopen(undefined, { answer });
      if (response === undefined) return;
      this.createStream(undefined, answer)
        .read(response)
        .catch((error: unknown) => this.report(error, undefined));
    } catch (error) {
      this.report(error, undefined);
    }
  }

  private createStream(requestId: RequestId | undefined, answer: AwaitedAnswer): ResumableStream {
    return new ResumableStream({
      reopen: (lastEventId) => this.reopen(lastEventId, { answer, requestId }),
      isWanted: () =>
        this.state === 'open' && (requestId === undefined || this.awaited.get(requestId) === answer),
      onData: (text) => this.receiveEvent(text, requestId),
      isEndless: requestId === undefined,
      maxMessageBytes: this.options.maxMessageBytes ?? defaultMaxMessageBytes,
      retryMs: this.options.retryMs ?? 1000,
      maxRetries: this.options.maxRetries ?? 5,
      signal: this.closing.signal,
    });
  }

  private async reopen(
    lastEventId: string | undefined,
    purpose: RequestPurpose,
  ): Promise<HttpResponse | undefined> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await this.request('GET', undefined, purpose, headers);
    if (response.statusCode === 200) return response;
    if (response.statusCode === 405) {
      response.discard();
      return undefined;
    }
    throw await statusError(response, this.sessionId !== undefined);
  }

  /** One event that is no message does not end a stream. */
  private receiveEvent(text: string, requestId: RequestId | undefined): boolean {
    try {
      return this.receive(text, requestId);
    } catch (error) {
      const isOver = TransportError.is(error, 'HTTP_BODY_INVALID');
      this.report(error, isOver ? requestId : undefined);
      return isOver;
    }
  }

  /** Hands messages over. True: one of them answers the request. @throws TransportError what `parseReceived` throws, `HTTP_BODY_INVALID` */
  private receive(text: string, requestId?: RequestId): boolean {
    if (this.state !== 'open') return true;
    const received = parseReceived(text, true);
    let isAnswered = false;
    for (const one of Array.isArray(received) ? received : [received]) {
      if (requestId !== undefined && isResponse(one.message)) {
        const { id } = one.message;
        if (id === requestId) isAnswered = true;
        else if (id === undefined || !this.awaited.has(id)) throw answersNothing();
      }
      if (this.onraw) this.onraw(one);
      else this.onmessage?.(one.message);
    }
    return isAnswered;
  }

  private request(
    method: 'POST' | 'GET' | 'DELETE',
    body: string | undefined,
    { answer, requestId }: RequestPurpose = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpResponse> {
    return this.connection.request({
      method,
      body,
      requestId,
      headers: {
        accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.sessionId === undefined ? {} : { 'mcp-session-id': this.sessionId }),
        ...(this.protocolVersion === undefined ? {} : { 'mcp-protocol-version': this.protocolVersion }),
        ...headers,
      },
      onStart: (giveUp) => {
        if (answer !== undefined) answer.giveUp = giveUp;
        this.requests.add(giveUp);
      },
      onOver: (giveUp) => void this.requests.delete(giveUp),
    });
  }

  private async endSession(): Promise<void> {
    const timer = setTimeout(() => {
      for (const giveUp of this.requests) giveUp();
    }, endSessionMs);
    try {
      (await this.request('DELETE', undefined)).discard();
    } catch {
      // The server is gone, and the session with it.
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reports a failure, and which request waits in vain because of it. */
  private report(error: unknown, requestId: RequestId | undefined): void {
    if (this.state !== 'open' || (requestId !== undefined && !this.awaited.delete(requestId))) return;
    const failure = toTransportError(error);
    this.onerror?.(failure.withRefused(requestId));
    if (failure.code === 'SESSION_GONE') void this.close();
  }
}

/** What comes in place of an answer would leave its request waiting. */
function answersNothing(): TransportError {
  return new TransportError(
    'HTTP_BODY_INVALID',
    'the server answered with something that answers no request',
  );
}
