import type { ServerResponse } from 'node:http';
import { TransportError } from '../../errors/transport-error.js';
import { isResponse, type JsonRpcMessage, type JsonRpcRequest, type RequestId } from '../../json-rpc.js';
import type { ReceivedMessage } from '../../received-message.js';
import type { RawTransport, SendOptions } from '../../transport.js';
import { EventLog } from './event-log.js';
import { EventStream } from './event-stream.js';
import { type HttpRefusalName, refuse } from './http-refusal.js';
import { UnsentMessages } from './unsent-messages.js';

/** Limits of an `HttpSession`. */
export interface HttpSessionLimits {
  /** Milliseconds after which a request that is not answered yet gets an event stream. */
  readonly streamAfterMs: number;
  /** Requests that may wait for an answer. */
  readonly maxPendingRequests: number;
  /** Milliseconds after which a client may come back to a lost stream. */
  readonly retryMs: number;
  /** Events that are kept for clients that resume a stream, and their characters. */
  readonly maxEvents: number;
  readonly maxEventCharacters: number;
  /**
   * Bytes that may wait on one stream; above it the connection is cut. As many characters of messages may wait for a reader that
   * takes none; above it later ones are refused.
   */
  readonly maxStreamBytes: number;
}

/** A request of the client whose answer is awaited. */
interface PendingPost {
  readonly response: ServerResponse;
  readonly since: number;
  readonly isPrimed: boolean;
  stream: EventStream | undefined;
}

const standaloneStream = 0;
const maxStreams = 100;

/**
 * One session of a client: a transport whose messages arrive by POST and leave in the answer to a POST, as JSON when the answer
 * is quick and alone, otherwise as a stream of events, or in the stream of a GET.
 */
export class HttpSession implements RawTransport {
  readonly sessionId: string;
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;
  /** When the client was last heard of, by `performance.now()`. */
  lastSeen = performance.now();
  private readonly limits: HttpSessionLimits;
  private readonly onEnd: () => void;
  private readonly log: EventLog;
  private readonly posts = new Map<RequestId, PendingPost>();
  /** Streams that a client may resume, by id; the standalone one among them. */
  private readonly streams = new Map<number, EventStream>();
  private readonly unsent = new UnsentMessages();
  private lastStream = standaloneStream;
  private waiting: ReceivedMessage[] | undefined = [];
  private waitingCharacters = 0;
  private isClosed = false;

  constructor(sessionId: string, limits: HttpSessionLimits, onEnd: () => void) {
    this.sessionId = sessionId;
    this.onEnd = onEnd;
    this.limits = limits;
    this.log = new EventLog({ maxEvents: limits.maxEvents, maxCharacters: limits.maxEventCharacters });
  }

  async start(): Promise<void> {
    const { waiting } = this;
    this.waiting = undefined;
    this.waitingCharacters = 0;
    for (const received of waiting ?? []) this.deliver(received);
  }

  async send(message: JsonRpcMessage, options: SendOptions = {}): Promise<void> {
    if (this.isClosed) throw new TransportError('TRANSPORT_CLOSED', 'the session is closed');
    const answers = isResponse(message) ? message.id : undefined;
    this.sendText(JSON.stringify(message), answers === undefined ? options : { answers });
  }

  sendText(text: string, { answers, relatedRequestId }: SendOptions = {}): boolean {
    if (this.isClosed) return true;
    if (answers !== undefined) {
      const answered = this.posts.get(answers);
      if (answered !== undefined) return this.answer(answers, answered, text);
      // Nobody waits for it on a stream of its own: the client has gone.
      return true;
    }
    const related = relatedRequestId === undefined ? undefined : this.posts.get(relatedRequestId);
    const stream = related === undefined ? this.streams.get(standaloneStream) : this.streamOf(related);
    if (stream === undefined) {
      this.unsent.add(text);
      return true;
    }
    return this.writeTo(stream, text);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const { response, stream } of this.posts.values()) {
      if (stream === undefined) refuse(response, 'sessionUnknown');
    }
    this.posts.clear();
    for (const stream of this.streams.values()) stream.end();
    this.streams.clear();
    this.onEnd();
    this.onclose?.();
  }

  /** Every request brings its own message; a client that must wait is made to wait by its answers. */
  pause(): void {
    this.waiting ??= [];
  }

  resume(): void {
    void this.start();
  }

  /** Ends the stream of a request of the client that gets no answer. */
  readonly release = (requestId: RequestId): void => {
    const post = this.posts.get(requestId);
    if (post === undefined) return;
    this.posts.delete(requestId);
    this.streamOf(post).end();
  };

  /** Whether so much waits for a reader that takes nothing that no more may come. */
  get isFull(): boolean {
    return this.waitingCharacters > this.limits.maxStreamBytes;
  }

  /** Takes a message that came by POST. */
  receive(received: ReceivedMessage): void {
    this.lastSeen = performance.now();
    if (this.waiting === undefined) {
      this.deliver(received);
      return;
    }
    this.waitingCharacters += received.text.length;
    this.waiting.push(received);
  }

  /** Takes a request that came by POST and keeps the response for its answer, or says why not. */
  receiveRequest(
    received: ReceivedMessage & { readonly message: JsonRpcRequest },
    response: ServerResponse,
    isPrimed: boolean,
  ): HttpRefusalName | undefined {
    const { id } = received.message;
    if (this.posts.has(id)) return 'idInUse';
    if (this.posts.size >= this.limits.maxPendingRequests || this.isFull) return 'tooManyRequests';
    const post: PendingPost = { response, since: performance.now(), isPrimed, stream: undefined };
    this.posts.set(id, post);
    response.once('close', () => this.onResponseClosed(id, post));
    this.receive(received);
    return undefined;
  }

  /** Opens the stream of messages that answer no request, or resumes a lost stream. */
  openStream(
    response: ServerResponse,
    resume?: { readonly stream: number; readonly sequence: number },
  ): HttpRefusalName | undefined {
    this.lastSeen = performance.now();
    if (resume !== undefined && resume.stream !== standaloneStream)
      return this.resumeStream(response, resume);
    const current = this.streams.get(standaloneStream);
    if (current?.isAttached === true) return 'streamExists';
    const stream = current ?? this.createStream(standaloneStream, false);
    stream.attach(response, resume?.sequence);
    for (const text of this.unsent.take()) this.writeTo(stream, text);
    return undefined;
  }

  /** Whether the client waits for an answer. */
  get hasRequests(): boolean {
    return this.posts.size > 0;
  }

  /** Whether the client has neither a request nor a stream open. */
  get isIdle(): boolean {
    return !this.hasRequests && this.streams.get(standaloneStream)?.isAttached !== true;
  }

  /** Regular work: streams for slow requests. */
  sweep(now: number): void {
    for (const post of this.posts.values()) {
      if (post.stream === undefined && now - post.since >= this.limits.streamAfterMs) this.streamOf(post);
    }
  }

  /** Signs of life on every open stream. */
  ping(): void {
    for (const stream of this.streams.values()) stream.ping();
  }

  private resumeStream(
    response: ServerResponse,
    { stream: id, sequence }: { readonly stream: number; readonly sequence: number },
  ): HttpRefusalName | undefined {
    const stream = this.streams.get(id);
    if (stream === undefined) return 'eventUnknown';
    stream.attach(response, sequence);
    return undefined;
  }

  private answer(id: RequestId, post: PendingPost, text: string): boolean {
    this.posts.delete(id);
    const { response, stream } = post;
    if (stream !== undefined) {
      const isQuick = this.writeTo(stream, text);
      stream.end();
      return isQuick;
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'mcp-session-id': this.sessionId,
    });
    response.end(text);
    return true;
  }

  private streamOf(post: PendingPost): EventStream {
    if (post.stream === undefined) {
      post.stream = this.createStream(++this.lastStream, post.isPrimed);
      post.stream.attach(post.response);
    }
    return post.stream;
  }

  private createStream(id: number, isPrimed: boolean): EventStream {
    const stream = new EventStream({
      id,
      log: this.log,
      sessionId: this.sessionId,
      retryMs: this.limits.retryMs,
      isPrimed,
      onDrain: () => this.ondrain?.(),
    });
    this.streams.set(id, stream);
    this.forgetEnded();
    return stream;
  }

  /** Streams that have ended can be resumed, by a client that lost their end, until there are too many. */
  private forgetEnded(): void {
    if (this.streams.size <= maxStreams) return;
    for (const [id, stream] of this.streams) {
      if (stream.isEnded) {
        this.streams.delete(id);
        return;
      }
    }
  }

  private writeTo(stream: EventStream, text: string): boolean {
    const isQuick = stream.write(text);
    if (stream.waitingBytes > this.limits.maxStreamBytes) {
      this.onerror?.(
        new TransportError('WRITE_BUFFER_FULL', 'the client does not read its stream; it was cut'),
      );
      stream.detach();
      return true;
    }
    return isQuick;
  }

  /** A client that went away before it knew where to resume cannot get its answer: it is taken for cancelled. */
  private onResponseClosed(id: RequestId, post: PendingPost): void {
    if (this.isClosed || this.posts.get(id) !== post) return;
    if (post.stream !== undefined) return;
    this.posts.delete(id);
    const params = { requestId: id, reason: 'the client closed the connection' };
    const message: JsonRpcMessage = { jsonrpc: '2.0', method: 'notifications/cancelled', params };
    this.receive({ text: JSON.stringify(message), message });
  }

  private deliver(received: ReceivedMessage): void {
    if (this.onraw) this.onraw(received);
    else this.onmessage?.(received.message);
  }
}
