import { FrameworkError } from '@mcpplugins/framework-core';
import { type CancelSignal, isDeeperThan } from '@mcpplugins/framework-core/wire';
import {
  isRequest,
  isResponse,
  type JsonRpcMessage,
  type JsonRpcRequest,
  type MessageBody,
  protocolVersions,
  type RawTransport,
  type ReceivedMessage,
  TransportError,
} from '@mcpplugins/mcp-transport';
import { externalError, toPeerError } from '../errors/peer-error.js';
import { MessageRate } from './message-rate.js';
import { Pending } from './pending.js';

/** What an `McpSession` takes. */
export interface McpSessionOptions {
  /** The server, for messages. */
  readonly peer: string;
  /** Levels of nesting that a message may have. */
  readonly maxDepth: number;
  /** Whether messages of any size but the largest come one after the other: then one that is too large ends the session. */
  readonly isStream: boolean;
  /** Whether the server accepts or refuses each message on its own; otherwise what goes wrong with a message is the end of the stream. */
  readonly acceptsEach: boolean;
  readonly onEnd: (error: FrameworkError) => void;
  /** Something that is not right but ends nothing. */
  readonly onComplaint: (error: Error) => void;
}

const methodNotFound = -32_601;
const namesNoRequest = 'answered with the id of no request';

/**
 * The client's end of one MCP session, made for calling tools: no capabilities are offered, and whatever can be seen to be
 * wrong before the time is over fails the call at once.
 */
export class McpSession {
  /** Answers and the like that the protocol does not allow. */
  violations = 0;
  /** Whether anything at all came from the server since the last call of `ping`. */
  hasHeard = false;
  private readonly transport: RawTransport;
  private readonly options: McpSessionOptions;
  private readonly pending = new Map<number, Pending>();
  private readonly rate = new MessageRate();
  private lastId = 0;
  /** Answers that name no request, and the last request that one of them can be meant for. */
  private strays = 0;
  private strayUpTo = 0;
  private ended: FrameworkError | undefined;

  /** Takes over the callbacks of a transport that is not started yet. */
  constructor(transport: RawTransport, options: McpSessionOptions) {
    this.transport = transport;
    this.options = options;
    transport.onraw = (received) => this.receive(received);
    transport.onclose = () => this.end(externalError('PEER_LOST', `plugin server ${options.peer} has ended`));
    transport.onerror = (error) => this.onError(error);
  }

  /** Why the session has ended, once it has. */
  get endedBy(): FrameworkError | undefined {
    return this.ended;
  }

  /** Starts the transport and opens the session. @throws FrameworkError */
  async open(version: string, signal: AbortSignal): Promise<void> {
    await this.transport.start();
    const answer = await this.request(
      'initialize',
      {
        protocolVersion: protocolVersions[0],
        capabilities: {},
        clientInfo: { name: 'mcpplugins', version },
      },
      signal,
    );
    const { protocolVersion } = answer;
    if (typeof protocolVersion !== 'string' || !protocolVersions.includes(protocolVersion)) {
      throw this.violation(`speaks the MCP revision ${JSON.stringify(protocolVersion)?.slice(0, 40)}`);
    }
    this.transport.setProtocolVersion?.(protocolVersion);
    await this.transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  /** Names of all tools of the server. @throws FrameworkError */
  async listTools(signal: AbortSignal): Promise<readonly string[]> {
    const names: string[] = [];
    let cursor: unknown;
    for (let pages = 0; pages < 100; pages++) {
      const page = await this.request('tools/list', cursor === undefined ? {} : { cursor }, signal);
      const { tools, nextCursor } = page;
      if (!Array.isArray(tools)) throw this.violation('answered tools/list without tools');
      for (const tool of tools as readonly unknown[]) {
        const name = typeof tool === 'object' && tool !== null && 'name' in tool ? tool.name : undefined;
        if (typeof name === 'string') names.push(name);
      }
      if (typeof nextCursor !== 'string' || nextCursor === '') return names;
      cursor = nextCursor;
    }
    throw this.violation('has more than 100 pages of tools');
  }

  /** Sends a request and waits for its result. @throws FrameworkError, or what aborted `signal` */
  request(method: string, params: MessageBody, signal?: CancelSignal): Promise<MessageBody> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    if (signal?.aborted === true) return Promise.reject(abortError(signal));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const pending = new Pending({ id, signal }, resolve, reject, this.giveUp);
      this.pending.set(id, pending);
      signal?.addEventListener('abort', pending);
      const request: JsonRpcRequest = { jsonrpc: '2.0', id, method, params };
      if (!this.options.acceptsEach) this.transport.sendText(JSON.stringify(request));
      else this.transport.send(request).catch((error: unknown) => this.fail(id, error));
    });
  }

  /** Whether the server answers at all. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.request('ping', {}, signal);
  }

  /** Ends the session and whatever waits for it. Resolves once the server is gone. */
  async close(reason?: FrameworkError): Promise<void> {
    this.end(reason ?? externalError('PEER_LOST', `plugin server ${this.options.peer} was let go`));
    await this.transport.close();
  }

  private readonly giveUp = (pending: Pending): void => {
    const { id, signal } = pending;
    this.reject(pending, abortError(signal));
    const params = { requestId: id, reason: 'the answer is no longer wanted' };
    this.transport.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params }).catch(() => {
      // A server that cannot be told has nothing to be told either.
    });
    this.transport.release?.(id);
  };

  private reject(pending: Pending, error: unknown): void {
    pending.reject(error instanceof Error ? error : new Error(String(error)));
    this.settle(pending);
  }

  private settle(pending: Pending): void {
    this.pending.delete(pending.id);
    pending.release();
    if (this.strays > 0) this.failStranded();
  }

  private receive({ text, message }: ReceivedMessage): void {
    this.hasHeard = true;
    if (isResponse(message)) this.receiveAnswer(text, message);
    else if (!this.rate.allows())
      void this.close(this.violation('sends more messages than anybody asked for'));
    else if (isRequest(message)) this.answer(message);
  }

  private receiveAnswer(text: string, message: Exclude<JsonRpcMessage, { readonly method: string }>): void {
    const pending = typeof message.id === 'number' ? this.pending.get(message.id) : undefined;
    if (pending === undefined) {
      this.receiveStray(message.id);
      return;
    }
    const { peer, maxDepth } = this.options;
    if (isDeeperThan(text, maxDepth)) {
      this.reject(
        pending,
        this.violation(`answered with JSON that is nested deeper than ${maxDepth} levels`),
      );
    } else if ('error' in message) {
      const { code, message: said } = message.error;
      this.reject(
        pending,
        new FrameworkError(
          'REMOTE_PLUGIN_ERROR',
          `plugin server ${peer}: error ${code}: ${String(said).slice(0, 200)}`,
        ),
      );
    } else if (
      typeof message.result !== 'object' ||
      message.result === null ||
      Array.isArray(message.result)
    ) {
      this.reject(pending, this.violation('answered with a result that is no object'));
    } else {
      pending.resolve(message.result);
      this.settle(pending);
    }
  }

  /** An answer that nobody waits for: a late one, one that came twice, or one with a wrong id. */
  private receiveStray(id: unknown): void {
    if (typeof id === 'number' && id <= this.lastId && id > 0) return;
    this.strays++;
    this.strayUpTo = this.lastId;
    this.failStranded();
    // With several calls waiting nobody knows whose it is, until the others have theirs.
    if (this.strays > 0) this.options.onComplaint(this.violation(namesNoRequest));
  }

  /** Once no more calls wait than answers have come that name none, these were theirs. */
  private failStranded(): void {
    const waiting = Array.from(this.pending.values()).filter(({ id }) => id <= this.strayUpTo);
    if (waiting.length > this.strays) return;
    this.strays = 0;
    for (const pending of waiting) this.reject(pending, this.violation(namesNoRequest));
  }

  private answer({ id, method }: JsonRpcRequest): void {
    const answer: JsonRpcMessage =
      method === 'ping'
        ? { jsonrpc: '2.0', id, result: {} }
        : { jsonrpc: '2.0', id, error: { code: methodNotFound, message: `${method} is not offered` } };
    this.transport
      .send(answer)
      .catch((error: unknown) => this.options.onComplaint(toPeerError(this.options.peer, error)));
  }

  private onError(error: Error): void {
    if (!TransportError.is(error)) {
      this.options.onComplaint(error);
      return;
    }
    const { refused } = error;
    if (refused?.kind === 'answer' && typeof refused.id === 'number' && this.pending.has(refused.id)) {
      this.fail(refused.id, error);
      return;
    }
    this.violations++;
    if (error.code === 'MESSAGE_TOO_LARGE' && this.options.isStream) {
      void this.close(toPeerError(this.options.peer, error));
    } else if (error.code === 'MESSAGE_NOT_JSON' && !this.rate.allows()) {
      void this.close(this.violation('writes something else than MCP to its output'));
    } else this.options.onComplaint(toPeerError(this.options.peer, error));
  }

  private fail(id: number, error: unknown): void {
    const isForgotten = TransportError.is(error, 'SESSION_GONE');
    // Kept as it is: whoever sees it opens a new session.
    const pending = this.pending.get(id);
    if (pending !== undefined) {
      this.reject(pending, isForgotten ? error : toPeerError(this.options.peer, error));
    }
    if (isForgotten) void this.close(toPeerError(this.options.peer, error));
  }

  private end(error: FrameworkError): void {
    if (this.ended !== undefined) return;
    this.ended = error;
    for (const pending of Array.from(this.pending.values())) this.reject(pending, error);
    this.options.onEnd(error);
  }

  private violation(what: string): FrameworkError {
    this.violations++;
    return externalError('PEER_PROTOCOL', `plugin server ${this.options.peer} ${what}`);
  }
}

function abortError(signal: CancelSignal | undefined): FrameworkError {
  const { reason } = signal ?? {};
  return FrameworkError.is(reason)
    ? reason
    : externalError('PEER_CALL_ENDED', 'the call was given up before the plugin server answered', reason);
}
