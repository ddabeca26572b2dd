import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from '@mcpplugins/framework-core';
import {
  type Authenticate,
  type Authentication,
  type HttpSession,
  isRefused,
  loopbackHosts,
  type SessionOpening,
  StreamableHttpServer,
} from '@mcpplugins/mcp-transport';
import { Authenticator } from '../auth/authenticator.js';
import { anonymous } from '../auth/identity.js';
import { withIncomingHooks } from '../auth/incoming-hooks.js';
import { resourceMetadataPath } from '../auth/protected-resource.js';
import type { CallObserver } from '../operations/call-end.js';
import { CallLimiter } from '../operations/call-limiter.js';
import { createCallLog } from '../operations/call-log.js';
import { type GatewayGauges, GatewayMetrics } from '../operations/gateway-metrics.js';
import { type GatewayStatus, OperationsRoutes } from '../operations/operations-routes.js';
import { sendJson } from '../operations/send-json.js';
import { createMergedUpstream } from '../merged/merged-upstream.js';
import { type ServerChanges, ServerRegistry } from '../registration/server-registry.js';
import type { Upstream } from '../upstream/create-upstream.js';
import { describeLoginProblem } from '../upstream/oauth/login-errors.js';
import type { UpstreamLoginOptions } from '../upstream/oauth/upstream-login.js';
import { type ServerDifferences, UpstreamSet } from '../upstream/upstream-set.js';
import { HttpGatewaySession } from './http-gateway-session.js';
import { PostRequestHook } from './post-request-hook.js';
import type { ServeHttpOptions } from './serve-http.js';

/** What an `HttpGateway` takes. */
export interface HttpGatewayOptions extends Omit<ServeHttpOptions, 'servers'> {
  readonly server: Server;
  readonly logger: Logger;
  readonly drainMs: number;
}

/** A running gateway on HTTP. It has no servers before the first `setServers`. */
export class HttpGateway implements AsyncDisposable {
  /** Where it listens. */
  url = new URL('http://localhost/');
  private readonly authenticator: Authenticator | undefined;
  private readonly limiter: CallLimiter;
  private readonly metrics: GatewayMetrics;
  private readonly routes: OperationsRoutes;
  private readonly onCallEnd: CallObserver;
  private readonly options: HttpGatewayOptions;
  private readonly endpoints = new Map<string, StreamableHttpServer>();
  private readonly postRequest: PostRequestHook;
  private readonly upstreams: UpstreamSet;
  private readonly registry: ServerRegistry;
  private readonly sessions = new Set<HttpGatewaySession>();
  private closing: Promise<void> | undefined;

  constructor(options: HttpGatewayOptions) {
    this.options = options;
    const { maxMessageBytes, auth, logger } = options;
    this.authenticator = auth && new Authenticator(auth, this.url, logger);
    this.limiter = new CallLimiter(options.limits);
    this.metrics = options.metrics ?? new GatewayMetrics();
    const log = createCallLog(logger);
    this.onCallEnd = (end) => {
      this.metrics.countCall(end);
      log(end);
    };
    this.postRequest = new PostRequestHook({
      manager: options.manager,
      logger,
      onLostSession: (id) => void this.closeSession(id),
    });
    const { allowedHosts = loopbackHosts, allowedOrigins = [] } = options;
    this.routes = new OperationsRoutes({
      metrics: this.metrics,
      gauges: () => this.gauges(),
      status: () => this.status(),
      authenticate: this.isOpen ? undefined : this.authenticationFor('/metrics'),
      rules: { allowedHosts, allowedOrigins },
    });
    this.upstreams = new UpstreamSet({ maxMessageBytes, login: this.loginOptions() }, logger);
    this.registry = new ServerRegistry({
      upstreams: this.upstreams,
      manager: options.manager,
      logger,
      onChange: (changes) => this.changeEndpoints(changes),
    });
    this.addEndpoint('/mcp', () => this.onlyOrMerged());
  }

  /**
   * Serves these servers from now on, but for those that plugins block, which stay as they were. Sessions with servers that are gone
   * end, all others go on; of a server that changed, new sessions meet the new one.
   */
  setServers(servers: ServeHttpOptions['servers']): Promise<ServerChanges> {
    return this.registry.change(servers);
  }

  /** Names of the servers that it serves. */
  get serverNames(): readonly string[] {
    return this.upstreams.names;
  }

  /** It listens now, at this address. */
  listensAt(url: URL): void {
    this.url = url;
    this.authenticator?.listensAt(url);
  }

  get sessionCount(): number {
    return this.sessions.size;
  }

  /** Answers one HTTP request. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request);
    const endpoint = this.endpoints.get(path);
    if (endpoint !== undefined) {
      this.postRequest.guard(request, response, path);
      endpoint.handle(request, response);
    } else if (this.routes.handle(path, request, response)) return;
    else if (path.startsWith(resourceMetadataPath)) this.sendMetadata(path, response);
    else this.sendNotFound(response);
  };

  /** Takes no new sessions, lets what is in flight be answered, then ends sessions and servers. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private addEndpoint(path: string, find: () => Upstream | undefined): void {
    const onSession = (client: HttpSession, opening: SessionOpening): Promise<void> =>
      this.openSession(client, opening, find());
    const authenticate = this.authenticationFor(path);
    this.endpoints.set(path, new StreamableHttpServer({ ...this.options, authenticate, path, onSession }));
  }

  private changeEndpoints({ added, removed }: ServerDifferences): void {
    for (const name of added) this.addEndpoint(pathOfServer(name), () => this.upstreams.get(name));
    for (const name of removed) void this.removeEndpoint(name);
  }

  private async removeEndpoint(name: string): Promise<void> {
    const path = pathOfServer(name);
    const endpoint = this.endpoints.get(path);
    this.endpoints.delete(path);
    await endpoint?.close();
  }

  /** What `/mcp` serves: a single server as it is, several as one. */
  private onlyOrMerged(): Upstream | undefined {
    const { manager, logger } = this.options;
    const [only, ...others] = this.upstreams.all;
    return others.length === 0
      ? only
      : createMergedUpstream({ upstreams: this.upstreams.all, manager, logger });
  }

  private authenticationFor(path: string): Authenticate {
    const { authenticator } = this;
    const { authenticate = () => anonymous, manager, logger } = this.options;
    const ask = withIncomingHooks({
      manager,
      logger,
      path,
      hostRequestOf: (request) => this.postRequest.hostRequestOf(request),
      authenticate:
        authenticator === undefined ? authenticate : (request) => authenticator.authenticate(request, path),
    });
    return (request) => {
      const found = ask(request);
      return found instanceof Promise ? found.then((one) => this.note(one, path)) : this.note(found, path);
    };
  }

  private note(found: Authentication, path: string): Authentication {
    if (!isRefused(found)) return found;
    this.metrics.countRefusal(found.refusal);
    this.options.logger.info(`a client was not let in: ${found.message ?? found.refusal}`, { path });
    return found;
  }

  /** Whether anybody may come in who reaches it. */
  private get isOpen(): boolean {
    return this.authenticator === undefined && this.options.authenticate === undefined;
  }

  /** With several users nobody knows whose browser it is that would be asked. */
  private loginOptions(): UpstreamLoginOptions {
    const { login, logger } = this.options;
    return { logger, ...login, ...(this.isOpen ? {} : { askPerson: undefined }) };
  }

  /** Tells a client whom to ask for a token. It may be a web page: what stands there is public. */
  private sendMetadata(path: string, response: ServerResponse): void {
    const endpoint = path.slice(resourceMetadataPath.length);
    const metadata = this.endpoints.has(endpoint) ? this.authenticator?.metadataOf(endpoint) : undefined;
    response.setHeader('access-control-allow-origin', '*');
    if (metadata === undefined) this.sendNotFound(response);
    else sendJson(response, 200, metadata);
  }

  /** Says where the endpoints are, unless only some people may know. */
  private sendNotFound(response: ServerResponse): void {
    sendJson(response, 404, {
      error: 'not found',
      endpoints: this.isOpen ? [...this.endpoints.keys()] : undefined,
    });
  }

  private async openSession(
    client: HttpSession,
    opening: SessionOpening,
    upstream: Upstream | undefined,
  ): Promise<void> {
    if (this.closing !== undefined) throw new Error('the gateway is shutting down');
    if (upstream === undefined) throw new Error('the gateway has no servers');
    const { manager, logger, blockedToolCalls } = this.options;
    const onEnd = (ended: HttpGatewaySession): void => void this.sessions.delete(ended);
    const { limiter, onCallEnd } = this;
    const session = new HttpGatewaySession({
      client,
      opening,
      upstream,
      manager,
      logger,
      limiter,
      onCallEnd,
      blockedToolCalls,
      onEnd,
    });
    this.sessions.add(session);
    try {
      await session.start();
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      logger.error(`server "${upstream.name}": ${problem}`);
      await session.close();
      // The client learns that, not why: the reason names commands and paths of this machine. A login somebody can do something about.
      const login = describeLoginProblem(error, upstream.name);
      throw new Error(login?.message ?? `the server "${upstream.name}" could not be started`);
    }
  }

  /** Nobody knows of this session. */
  private async closeSession(id: string): Promise<void> {
    for (const session of this.sessions) if (session.id === id) await session.close();
  }

  private status(): GatewayStatus {
    const known = { servers: this.upstreams.statuses, blocked: this.registry.blocked };
    if (this.closing !== undefined) return { problem: 'shutting down', ...known };
    const problem = this.options.manager.initialized ? undefined : 'the plugins are not running';
    return { problem, ...known };
  }

  private gauges(): GatewayGauges {
    const sessions = Object.fromEntries(this.upstreams.names.map((name) => [name, 0]));
    for (const { serverName } of this.sessions) sessions[serverName] = (sessions[serverName] ?? 0) + 1;
    const upstreams = this.upstreams.statuses;
    return { sessions, upstreams, callsRunning: this.limiter.running, callsWaiting: this.limiter.waiting };
  }

  private async shutDown(): Promise<void> {
    const { server, drainMs } = this.options;
    const closed = new Promise((resolve) => server.close(resolve));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs);
    });
    await Promise.race([Promise.all([...this.sessions].map((session) => session.whenIdle())), late]);
    clearTimeout(timer);
    await Promise.all([...this.endpoints.values()].map((endpoint) => endpoint.close()));
    await Promise.all([...this.sessions].map((session) => session.close()));
    this.upstreams.close();
    server.closeIdleConnections();
    await new Promise((resolve) => setImmediate(resolve));
    server.closeAllConnections();
    await closed;
  }
}

function pathOfServer(name: string): string {
  return `/servers/${encodeURIComponent(name)}/mcp`;
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const [path = '/'] = url.split('?');
  return path.startsWith('/') ? path : (URL.parse(path)?.pathname ?? path);
}
