import type { ClientRequest, IncomingMessage } from 'node:http';
import { TransportError } from '../../errors/transport-error.js';
import { isRequest, isResponse, type JsonRpcMessage, type RequestId } from '../../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../../received-message.js';
import type { RawTransport, SendOptions } from '../../transport.js';
import type { StreamableHttpClientOptions } from './http-client-options.js';
import { HttpConnection } from './http-connection.js';
import { readText } from './read-response.js';
import { ResumableStream } from './resumable-stream.js';
import { statusError } from './status-error.js';

const defaultMaxMessageBytes = 10_485_760;

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
  private readonly requests = new Set<ClientRequest>();
  private readonly closing = new AbortController();
  private protocolVersion: string | undefined;
  /** A notification that the server has not accepted yet: what is sent later must not overtake it. */
  private barrier: Promise<void> | undefined;
  private hasStream = false;
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
    for (const request of this.requests) request.destroy();
    if (this.sessionId !== undefined) await this.endSession();
    this.connection.close();
    this.onclose?.();
  }

  /** Every answer has a connection of its own; there is no common stream to hold up. */
  pause(): void {}

  resume(): void {}

  private async dispatch(text: string, requestId: RequestId | undefined): Promise<void> {
    while (this.barrier !== undefined) await this.barrier;
    const posted = this.post(text, requestId);
    if (requestId === undefined) {
      const settle = (): void => {
        this.barrier = undefined;
      };
      this.barrier = posted.then(settle, settle);
    }
    await posted;
  }

  private async post(text: string, requestId: RequestId | undefined): Promise<void> {
    const response = await this.request('POST', text);
    const session = response.headers['mcp-session-id'];
    if (typeof session === 'string') this.sessionId ??= session;
    if (response.statusCode === 202 && requestId === undefined) {
      response.resume();
      this.openStream();
      return;
    }
    if (response.statusCode !== 200) throw await statusError(response, this.sessionId !== undefined);
    this.readAnswer(response, requestId).catch((error: unknown) => this.report(error, requestId));
  }

  private async readAnswer(response: IncomingMessage, requestId: RequestId | undefined): Promise<void> {
    const type = response.headers['content-type'] ?? '';
    if (type.startsWith('application/json')) {
      this.receive(await readText(response, this.options.maxMessageBytes ?? defaultMaxMessageBytes));
      return;
    }
    if (type.startsWith('text/event-stream')) {
      await this.createStream(requestId).read(response);
      return;
    }
    response.destroy();
    throw new TransportError('HTTP_BODY_INVALID', `the server answered with the content type "${type}"`);
  }

  /** The stream of messages that answer no request. Servers may have none. */
  private openStream(): void {
    if (this.hasStream || this.sessionId === undefined) return;
    this.hasStream = true;
    this.reopen(undefined)
      .then((response) => (response === undefined ? undefined : this.createStream(undefined).read(response)))
      .catch((error: unknown) => this.report(error, undefined));
  }

  private createStream(requestId: RequestId | undefined): ResumableStream {
    return new ResumableStream({
      reopen: (lastEventId) => this.reopen(lastEventId),
      onData: (text) => this.receiveEvent(text, requestId),
      isEndless: requestId === undefined,
      maxMessageBytes: this.options.maxMessageBytes ?? defaultMaxMessageBytes,
      retryMs: this.options.retryMs ?? 1000,
      maxRetries: this.options.maxRetries ?? 5,
      signal: this.closing.signal,
    });
  }

  private async reopen(lastEventId: string | undefined): Promise<IncomingMessage | undefined> {
    const response = await this.request(
      'GET',
      undefined,
      lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    );
    if (response.statusCode === 200) return response;
    if (response.statusCode === 405) {
      response.resume();
      return undefined;
    }
    throw await statusError(response, this.sessionId !== undefined);
  }

  /** One event that is no message does not end a stream. */
  private receiveEvent(text: string, requestId: RequestId | undefined): boolean {
    try {
      return this.receive(text, requestId);
    } catch (error) {
      this.report(error, undefined);
      return false;
    }
  }

  /** Hands messages over. True: one of them answers the request. */
  private receive(text: string, requestId?: RequestId): boolean {
    if (this.state !== 'open') return true;
    const received = parseReceived(text, true);
    let isAnswered = false;
    for (const one of Array.isArray(received) ? received : [received]) {
      if (requestId !== undefined && isResponse(one.message) && one.message.id === requestId)
        isAnswered = true;
      if (this.onraw) this.onraw(one);
      else this.onmessage?.(one.message);
    }
    return isAnswered;
  }

  private async request(
    method: 'POST' | 'GET' | 'DELETE',
    body: string | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<IncomingMessage> {
    let started: ClientRequest | undefined;
    const response = await this.connection.request({
      method,
      body,
      headers: {
        accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(this.sessionId === undefined ? {} : { 'mcp-session-id': this.sessionId }),
        ...(this.protocolVersion === undefined ? {} : { 'mcp-protocol-version': this.protocolVersion }),
        ...headers,
      },
      onStart: (request) => {
        started = request;
        this.requests.add(request);
        request.once('close', () => this.requests.delete(request));
      },
    });
    if (this.state === 'closed' && method !== 'DELETE') started?.destroy();
    return response;
  }

  private async endSession(): Promise<void> {
    const timer = setTimeout(() => {
      for (const request of this.requests) request.destroy();
    }, endSessionMs);
    try {
      (await this.request('DELETE', undefined)).resume();
    } catch {
      // The server is gone, and the session with it.
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reports a failure, and which request waits in vain because of it. */
  private report(error: unknown, requestId: RequestId | undefined): void {
    if (this.state !== 'open') return;
    const failure = TransportError.is(error)
      ? error
      : new TransportError('STREAM_FAILED', error instanceof Error ? error.message : String(error), {
          cause: error,
        });
    this.onerror?.(failure.withRefused(requestId));
    if (failure.code === 'SESSION_GONE') void this.close();
  }
}
