import type { Logger } from '@mcpplugins/framework-core';
import type { HttpSession, RawTransport, SessionOpening } from '@mcpplugins/mcp-transport';
import { unguardedHost } from '../merged/merged-upstream.js';
import { authMethodOf, identityOf } from '../auth/identity.js';
import type { CallObserver } from '../operations/call-end.js';
import type { CallLimiter } from '../operations/call-limiter.js';
import { LimitedClient } from '../operations/limited-client.js';
import { forwardingOf } from '../relay/forwarding.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import { Relay } from '../relay/relay.js';
import type { HookHost, HttpClientFacts } from '../relay/session.js';
import { ConnectionWatch } from '../upstream/connection-watch.js';
import type { Upstream } from '../upstream/create-upstream.js';
import { IdleClock } from '../upstream/idle-clock.js';

/** What an `HttpGatewaySession` takes. */
export interface HttpGatewaySessionOptions {
  readonly client: HttpSession;
  readonly opening: SessionOpening;
  readonly upstream: Upstream;
  readonly manager: HookHost;
  readonly logger: Logger;
  /** Lets so many requests of all sessions be in flight. */
  readonly limiter: CallLimiter;
  readonly onCallEnd: CallObserver;
  readonly blockedToolCalls: BlockedToolCalls | undefined;
  /** The session has ended, at both ends. */
  readonly onEnd: (session: HttpGatewaySession) => void;
}

/** Milliseconds that post hooks get when the server has ended. */
const drainMs = 5000;

/** One client session over HTTP with one server session of its own. */
export class HttpGatewaySession {
  private readonly options: HttpGatewaySessionOptions;
  private readonly server: RawTransport;
  private readonly relay: Relay;
  /** Merged servers are watched one by one. */
  private readonly watch: ConnectionWatch | undefined;
  private idleClock: IdleClock | undefined;
  private closing: Promise<void> | undefined;

  constructor(options: HttpGatewaySessionOptions) {
    this.options = options;
    const { opening, upstream, manager, logger, limiter, onCallEnd, blockedToolCalls } = options;
    const { sessionId } = options.client;
    const client = new LimitedClient({
      client: options.client,
      limiter,
      onUnbegun: (end) =>
        onCallEnd({ ...end, server: upstream.name, session: sessionId, requestId: undefined }),
    });
    const identity = identityOf(opening.client);
    const httpClient = factsOf(opening);
    this.server = upstream.connect((text) => logger.info(`server "${upstream.name}": ${text.trimEnd()}`), {
      sessionId,
      identity,
      httpClient,
      onCallEnd,
      blockedToolCalls,
      forwarding: forwardingOf(() => this.relay.forwarding),
    });
    // Merged servers tell of their own calls, by their own names.
    const guarding = upstream.guardsItself === true ? { manager: unguardedHost } : { manager, onCallEnd };
    this.relay = new Relay({
      client,
      upstream: this.server,
      ...guarding,
      blockedToolCalls,
      serverName: upstream.name,
      sessionId,
      identity,
      httpClient,
      logger,
    });
    client.onclose = () => void this.close();
    this.server.onclose = () => void this.onServerEnd();
    this.watch = upstream.health && new ConnectionWatch(upstream, upstream.health, this.server);
  }

  get id(): string {
    return this.options.client.sessionId;
  }

  get serverName(): string {
    return this.options.upstream.name;
  }

  /** Connects to the server and lets messages through. @throws TransportError */
  async start(): Promise<void> {
    await (this.watch ?? this.server).start();
    await this.options.client.start();
    this.startIdleClock();
  }

  /** Resolves once no request is in flight. */
  whenIdle(): Promise<void> {
    return this.relay.whenIdle();
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  /** The client may have a stream open and nothing to ask: that is no use. */
  private startIdleClock(): void {
    const { upstream, client, logger } = this.options;
    const { name, idleTimeoutMs: idleMs } = upstream;
    if (idleMs === undefined || this.closing !== undefined) return;
    this.idleClock = new IdleClock({
      idleMs,
      isInUse: () => client.hasRequests,
      lastUse: () => client.lastSeen,
      onIdle: () => {
        logger.info(`a session with server "${name}" was closed: it was idle`, { session: client.sessionId });
        void this.close();
      },
    });
  }

  private async onServerEnd(): Promise<void> {
    if (this.closing !== undefined) return;
    const { upstream, logger } = this.options;
    const message = upstream.describeEnd(this.server);
    logger.warn(message);
    this.relay.failUpstream(message, { code: 'UPSTREAM_EXITED', upstream: upstream.name });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs);
    });
    await Promise.race([this.relay.whenIdle(), late]);
    clearTimeout(timer);
    await this.close();
  }

  private async shutDown(): Promise<void> {
    this.relay.close();
    this.watch?.release();
    this.idleClock?.stop();
    await Promise.allSettled([this.options.client.close(), this.server.close()]);
    this.options.onEnd(this);
  }
}

function factsOf({ client, request }: SessionOpening): HttpClientFacts {
  return {
    authMethod: authMethodOf(client),
    clientHost: request.socket.remoteAddress,
    userAgent: request.headers['user-agent'],
  };
}
