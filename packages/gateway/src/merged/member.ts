import { describeError, type Logger } from '@mcpplugins/framework-core';
import {
  createMemoryTransports,
  type JsonRpcErrorObject,
  type JsonRpcResponse,
  type MemoryTransport,
  type MessageBody,
  type RawTransport,
  type ReceivedMessage,
  type RequestId,
} from '@mcpplugins/mcp-transport';
import { isObject } from '../hook-points/read-params.js';
import { forwardingOf } from '../relay/forwarding.js';
import { Relay } from '../relay/relay.js';
import type { HookHost } from '../relay/session.js';
import { describeLoginProblem } from '../upstream/oauth/login-errors.js';
import { ConnectionWatch } from '../upstream/connection-watch.js';
import type { Upstream, UpstreamSession } from '../upstream/create-upstream.js';
import { IdleClock } from '../upstream/idle-clock.js';

/** What a `Member` takes. */
export interface MemberOptions {
  readonly upstream: Upstream;
  /** What the server is called in merged names. */
  readonly key: string;
  readonly manager: HookHost;
  readonly logger: Logger;
  readonly session: UpstreamSession;
  /** A message of the server that answers no request of ours. */
  readonly onMessage: (received: ReceivedMessage) => void;
}

/** Why a server did not answer a request of ours. */
export class MemberFailure extends Error {
  override readonly name = 'MemberFailure';
  /** The server's own error, if it answered at all. */
  readonly rpcError: JsonRpcErrorObject | undefined;

  constructor(message: string, rpcError?: JsonRpcErrorObject, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.rpcError = rpcError;
  }
}

/** Milliseconds that a server gets for a request that the gateway itself makes. */
const answerMs = 30_000;
/** Milliseconds before a server that ended is started again; each further time twice as many. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

interface Connection {
  readonly near: MemoryTransport;
  readonly server: RawTransport;
  readonly relay: Relay;
  readonly watch: ConnectionWatch | undefined;
}

/** The requests that have to be made again when a server was started anew. */
interface Greeting {
  readonly params: MessageBody;
  readonly result: Readonly<Record<string, unknown>>;
}

/** One server of a merged session, behind a relay of its own: its guards see its own names. */
export class Member {
  readonly name: string;
  readonly key: string;
  /** What it answered to `initialize`; undefined while it is not there. */
  greeting: Greeting | undefined = undefined;
  /** Why it is not there. */
  problem: string | undefined = undefined;
  private readonly options: MemberOptions;
  private connection: Connection | undefined;
  private readonly waiting = new Map<RequestId, (response: JsonRpcResponse | MemberFailure) => void>();
  private lastRequest = 0;
  private failures = 0;
  private retryAt = 0;
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;
  private idleClock: IdleClock | undefined;
  private lastAsked = 0;
  private isClosed = false;

  constructor(options: MemberOptions) {
    this.options = options;
    this.name = options.upstream.name;
    this.key = options.key;
  }

  /** Whether the server said at `initialize` that it has a capability. */
  has(capability: string): boolean {
    const { capabilities } = this.greeting?.result ?? {};
    return isObject(capabilities) && isObject(capabilities[capability]);
  }

  /** Starts the server and greets it. @throws MemberFailure */
  async open(params: MessageBody): Promise<void> {
    await this.connect();
    try {
      const result = await this.ask('initialize', params);
      this.greeting = { params, result };
      this.problem = undefined;
      this.failures = 0;
      this.startIdleClock();
    } catch (error) {
      this.connection?.watch?.fail({ code: 'UPSTREAM_FAILED', message: 'it did not open a session' });
      await this.drop(error instanceof MemberFailure ? error.message : describeError(error));
      throw error;
    }
  }

  /** Starts a server again that ended, once its pause is over. @throws MemberFailure when it is not there */
  async revive(params: MessageBody): Promise<void> {
    if (this.greeting !== undefined) return;
    if (this.isClosed || performance.now() < this.retryAt)
      throw new MemberFailure(this.problem ?? 'it has ended');
    this.starting ??= this.reopen(params).finally(() => {
      this.starting = undefined;
    });
    await this.starting;
  }

  /** Sends a request of the client to the server. What it keeps of that is not known: it is not stopped any more. */
  forward(text: string): void {
    this.idleClock?.stop();
    this.send(text);
  }

  /** Sends a message of the client to the server. */
  send(text: string): void {
    this.connection?.near.sendText(text);
  }

  /** Makes a request of the gateway's own, through the guards. @throws MemberFailure */
  async ask(method: string, params: MessageBody = {}): Promise<Readonly<Record<string, unknown>>> {
    const { connection } = this;
    if (connection === undefined) throw new MemberFailure(this.problem ?? 'it is not there');
    const id = `mcpplugins-${++this.lastRequest}`;
    this.lastAsked = performance.now();
    let timer: NodeJS.Timeout | undefined;
    try {
      const response = await new Promise<JsonRpcResponse | MemberFailure>((resolve) => {
        this.waiting.set(id, resolve);
        timer = setTimeout(
          () => resolve(new MemberFailure(`it did not answer ${method} within ${answerMs / 1000} s`)),
          answerMs,
        );
        connection.near.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      });
      if (response instanceof MemberFailure) throw response;
      if ('error' in response)
        throw new MemberFailure(`it refused ${method}: ${response.error.message}`, response.error);
      return response.result;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }

  whenIdle(): Promise<void> {
    return this.connection?.relay.whenIdle() ?? Promise.resolve();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.stopping, this.disconnect('the session is over')]);
  }

  private async reopen(params: MessageBody): Promise<void> {
    // Two processes of one server may stand in each other's way.
    await this.stopping;
    await this.open(params);
    this.send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
  }

  private async connect(): Promise<void> {
    const { upstream, manager, logger } = this.options;
    const { sessionId } = this.options.session;
    // Every member counts its requests from 1, and no two requests of a session have one id.
    const session = {
      ...this.options.session,
      sessionId: sessionId === undefined ? undefined : `${sessionId}-${this.key}`,
    };
    const [near, far] = createMemoryTransports();
    const onStderr = (text: string): void => logger.info(`server "${this.name}": ${text.trimEnd()}`);
    const forwarding = forwardingOf(() => relay.forwarding);
    const server = upstream.connect(onStderr, { ...session, forwarding });
    const relay: Relay = new Relay({
      client: far,
      upstream: server,
      manager,
      serverName: this.name,
      ...session,
      logger,
    });
    near.onraw = (received) => this.take(received);
    server.onclose = () => void this.onServerEnd(server);
    const watch = upstream.health && new ConnectionWatch(upstream, upstream.health, server);
    this.connection = { near, server, relay, watch };
    try {
      await (watch ?? server).start();
      await Promise.all([far.start(), near.start()]);
    } catch (error) {
      logger.error(`server "${this.name}": ${describeError(error)}`);
      // The client learns that, not why: the reason names commands and paths of this machine. A login somebody can do something about.
      const problem = describeLoginProblem(error, this.name)?.message ?? 'it could not be started';
      await this.drop(problem);
      throw new MemberFailure(problem, undefined, error);
    }
  }

  private take(received: ReceivedMessage): void {
    const { message } = received;
    const id = 'method' in message ? undefined : message.id;
    const resolve = id === undefined || id === null ? undefined : this.waiting.get(id);
    if (resolve === undefined) this.options.onMessage(received);
    else resolve(message as JsonRpcResponse);
  }

  private async onServerEnd(server: RawTransport): Promise<void> {
    if (this.connection?.server !== server || this.isClosed) return;
    const { upstream, logger } = this.options;
    logger.warn(upstream.describeEnd(server));
    await this.drop('it has ended');
  }

  /** The server is gone: what waits for it is answered, and it may be started again after a pause. */
  private async drop(problem: string): Promise<void> {
    this.problem = problem;
    this.greeting = undefined;
    this.retryAt = performance.now() + Math.min(firstPauseMs * 2 ** this.failures++, longestPauseMs);
    await this.disconnect(problem);
  }

  /** A server that has answered nothing but what the gateway itself asked can be stopped, and started again as it was. */
  private startIdleClock(): void {
    const { idleTimeoutMs: idleMs } = this.options.upstream;
    if (idleMs === undefined) return;
    this.idleClock = new IdleClock({
      idleMs,
      isInUse: () => this.waiting.size > 0,
      lastUse: () => this.lastAsked,
      onIdle: () => {
        this.options.logger.info(`server "${this.name}" was stopped in a session that does not use it`);
        this.greeting = undefined;
        this.problem = 'it was stopped because nobody used it';
        this.stopping = this.disconnect(this.problem);
      },
    });
  }

  private async disconnect(problem: string): Promise<void> {
    const { connection } = this;
    if (connection === undefined) return;
    this.connection = undefined;
    this.idleClock?.stop();
    connection.watch?.release();
    connection.relay.failUpstream(`server "${this.name}": ${problem}`, {
      code: 'UPSTREAM_EXITED',
      upstream: this.name,
    });
    // The answers of `failUpstream` are under way to the client.
    await new Promise((resolve) => setImmediate(resolve));
    for (const resolve of this.waiting.values()) resolve(new MemberFailure(problem));
    connection.relay.close();
    await Promise.allSettled([connection.near.close(), connection.server.close()]);
  }
}
