import { defaultMaxMessageBytes } from '../../default-max-message-bytes.js';
import { TransportError } from '../../errors/transport-error.js';
import { isRequest, isResponse, type JsonRpcMessage, type RequestId } from '../../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../../received-message.js';
import type { RawTransport, SendOptions } from '../../transport.js';
import type { SseClientOptions } from './http-client-options.js';
import { HttpConnection } from './http-connection.js';
import type { HttpResponse } from './http-response.js';
import { readEvents } from './read-response.js';
import { resolveEndpoint } from './sse-endpoint.js';
import { statusError } from './status-error.js';
import { toTransportError } from './to-transport-error.js';

const defaultConnectTimeoutMs = 30_000;

/** Milliseconds that a server gets to accept a message that it has answered already. */
const acceptanceMs = 1000;

/** What waits for the stream to open. */
interface Opening {
  readonly resolve: () => void;
  readonly reject: (error: TransportError) => void;
}

/**
 * The client's end of MCP over HTTP with server-sent events, as it was before Streamable HTTP: one stream brings every message, and each
 * message to the server is a POST to the address that the stream names first. That address must have the stream's origin. A stream that
 * ends cannot be resumed: it ends the connection, at once and with whatever waits for an answer.
 * @see https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse
 */
export class SseClientTransport implements RawTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;
  private readonly options: SseClientOptions;
  private readonly connection: HttpConnection;
  /** What gives up each HTTP request that is under way. */
  private readonly requests = new Set<() => void>();
  /** The same, of requests that are not answered. */
  private readonly posts = new Map<RequestId, () => void>();
  private stream: HttpResponse | undefined;
  private endpoint: string | undefined;
  private opening: Opening | undefined;
  private protocolVersion: string | undefined;
  /** A notification that the server has not accepted yet: what is sent later must not overtake it. */
  private barrier: Promise<void> | undefined;
  private state: 'new' | 'opening' | 'open' | 'closed' = 'new';

  constructor(options: SseClientOptions) {
    this.options = options;
    this.connection = new HttpConnection(options);
  }

  /**
   * Opens the stream and waits until the server has said where messages go.
   * @throws TransportError `ALREADY_STARTED`, `CONNECT_TIMEOUT`, `STREAM_FAILED`, `STREAM_LOST`, `HTTP_STATUS`, `UNAUTHORIZED`, `HTTP_BODY_INVALID`,
   * `ENDPOINT_REFUSED`
   */
  async start(): Promise<void> {
    if (this.state !== 'new') throw new TransportError('ALREADY_STARTED', 'the transport was started before');
    this.state = 'opening';
    const { connectTimeoutMs = defaultConnectTimeoutMs, url } = this.options;
    const late = setTimeout(() => {
      const { origin, pathname } = new URL(url);
      const what = this.stream === undefined ? 'opened no stream' : 'named no address for messages';
      this.fail(
        new TransportError('CONNECT_TIMEOUT', `${origin}${pathname} ${what} within ${connectTimeoutMs} ms`),
      );
    }, connectTimeoutMs);
    try {
      await new Promise<void>((resolve, reject) => {
        this.opening = { resolve, reject };
        this.openStream().catch((error: unknown) => this.fail(toTransportError(error)));
      });
    } finally {
      this.opening = undefined;
      clearTimeout(late);
    }
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
    if (this.state !== 'open') return true;
    this.dispatch(text, requestId).catch((error: unknown) => {
      if (this.state !== 'open') return;
      const failure = toTransportError(error);
      this.onerror?.(failure.withRefused(requestId));
      if (failure.code === 'SESSION_GONE') void this.close();
    });
    return true;
  }

  /** Gives up the stream and every message that is under way. */
  async close(): Promise<void> {
    if (this.state === 'closed') return;
    this.end(new TransportError('TRANSPORT_CLOSED', 'the transport was closed while it opened'));
    this.onclose?.();
  }

  /** Gives up a message that the server has not accepted. */
  readonly release = (requestId: RequestId): void => {
    this.posts.get(requestId)?.();
  };

  pause(): void {
    this.stream?.pause();
  }

  resume(): void {
    this.stream?.resume();
  }

  private async openStream(): Promise<void> {
    const response = await this.request({ method: 'GET', headers: { accept: 'text/event-stream' } });
    if (response.statusCode !== 200) throw await statusError(response, false);
    const type = response.headers['content-type'] ?? '';
    if (!type.startsWith('text/event-stream')) {
      response.destroy();
      throw new TransportError('HTTP_BODY_INVALID', `the server answered with the content type "${type}"`);
    }
    this.stream = response;
    await readEvents(response, this.options.maxMessageBytes ?? defaultMaxMessageBytes, {
      onData: (text) => this.receive(text),
      onOther: (name, text) => {
        if (name === 'endpoint' && this.endpoint === undefined) this.takeEndpoint(text);
      },
    });
    throw new TransportError('STREAM_LOST', 'the server ended the stream of messages');
  }

  private takeEndpoint(text: string): void {
    try {
      this.endpoint = resolveEndpoint(text, new URL(this.options.url));
      if (this.state === 'opening') this.state = 'open';
      this.opening?.resolve();
    } catch (error) {
      this.fail(toTransportError(error));
    }
  }

  /** One event that is no message does not end the stream. */
  private receive(text: string): void {
    if (this.state === 'closed') return;
    try {
      const received = parseReceived(text, true);
      for (const one of Array.isArray(received) ? received : [received]) {
        if (isResponse(one.message)) this.noteAnswer(one.message.id);
        if (this.onraw) this.onraw(one);
        else this.onmessage?.(one.message);
      }
    } catch (error) {
      this.onerror?.(toTransportError(error));
    }
  }

  /** A server that answers a message without ever accepting it must not keep its connection. */
  private noteAnswer(id: RequestId | undefined): void {
    const giveUp = id === undefined ? undefined : this.posts.get(id);
    if (giveUp !== undefined) setTimeout(giveUp, acceptanceMs).unref();
  }

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
    const response = await this.request({
      method: 'POST',
      target: this.endpoint,
      body: text,
      headers: {
        'content-type': 'application/json',
        ...(this.protocolVersion === undefined ? {} : { 'mcp-protocol-version': this.protocolVersion }),
      },
      requestId,
    });
    if (response.statusCode < 200 || response.statusCode >= 300) throw await statusError(response, true);
    response.discard();
  }

  private request(request: SseRequest): Promise<HttpResponse> {
    const { requestId } = request;
    return this.connection.request({
      ...request,
      onStart: (giveUp) => {
        this.requests.add(giveUp);
        if (requestId !== undefined) this.posts.set(requestId, giveUp);
      },
      onOver: (giveUp) => {
        this.requests.delete(giveUp);
        if (requestId !== undefined && this.posts.get(requestId) === giveUp) this.posts.delete(requestId);
      },
    });
  }

  /** The stream is of no use any more. */
  private fail(error: TransportError): void {
    if (this.state === 'closed') return;
    const wasOpen = this.state === 'open';
    this.end(error);
    if (!wasOpen) return;
    this.onerror?.(error);
    this.onclose?.();
  }

  private end(reason: TransportError): void {
    this.state = 'closed';
    this.opening?.reject(reason);
    for (const giveUp of this.requests) giveUp();
    this.connection.close();
  }
}

interface SseRequest {
  readonly method: 'GET' | 'POST';
  readonly target?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly requestId?: RequestId | undefined;
}
