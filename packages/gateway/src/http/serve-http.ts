import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FrameworkError, type Logger, silentLogger } from '@mcpplugins/framework-core';
import { loopbackHosts, type StreamableHttpServerOptions } from '@mcpplugins/mcp-transport';
import { type GatewayAuthOptions, gatewayAuthSchema } from '../auth/auth-schema.js';
import type { CallLimits } from '../operations/call-limiter.js';
import type { GatewayMetrics } from '../operations/gateway-metrics.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import type { HookHost } from '../relay/session.js';
import type { UpstreamLoginOptions } from '../upstream/oauth/upstream-login.js';
import type { UpstreamOptions } from '../upstream/upstream-options.js';
import { HttpGateway } from './http-gateway.js';

/** Limits and rules of the HTTP server that `serveHttp` passes on. */
type HttpServerRules = Omit<StreamableHttpServerOptions, 'onSession' | 'path'>;

/** What `serveHttp` takes. */
export interface ServeHttpOptions extends HttpServerRules {
  /** Runs the plugins. Start it with `fires: gatewayHooks`. It is not shut down here. */
  readonly manager: HookHost;
  /** The MCP servers by name: each is served at `/servers/<name>/mcp`, a single one at `/mcp` too. */
  readonly servers: Readonly<Record<string, UpstreamOptions>>;
  /** Who may come in: keys, tokens of issuers, or both. It takes the place of `authenticate`. */
  readonly auth?: GatewayAuthOptions | undefined;
  /** What a blocked tool call is answered with: `result`, with `isError`, which models read, or `error`. Default `result`. */
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  /** Default 127.0.0.1. Another than that of this machine needs `auth` or `authenticate`. */
  readonly host?: string | undefined;
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  readonly logger?: Logger | undefined;
  /**
   * How it logs in at servers that have `oauth`: for all clients alike, who then act as the one who logged in. A person is asked only
   * while everybody who reaches the gateway may come in, which is on this machine alone.
   */
  readonly login?: UpstreamLoginOptions | undefined;
  /** How many requests may be in flight and wait. */
  readonly limits?: CallLimits | undefined;
  /** Counts what goes on, for `/metrics`. Give one whose `observer` the manager has to count decisions too. */
  readonly metrics?: GatewayMetrics | undefined;
  /** Milliseconds that requests get to be answered when the gateway is closed. Default 10 000. */
  readonly drainMs?: number | undefined;
  /** Milliseconds that a client gets for the header fields of a request. Default 10 000. */
  readonly headersTimeoutMs?: number | undefined;
  /** Milliseconds that it gets for the whole request. Default 30 000. */
  readonly requestTimeoutMs?: number | undefined;
}

/**
 * Puts plugins between clients on Streamable HTTP and MCP servers.
 *
 * @example
 * await using gateway = await serveHttp({ manager, servers: { files: { command: 'npx', args: ['-y', 'some-server'] } }, port: 8808 });
 * console.error(`listening on ${gateway.url}`);
 * @throws FrameworkError `AUTH_REQUIRED`, `AUTH_INVALID`, `SERVERS_BLOCKED`, `LISTEN_FAILED`
 */
export async function serveHttp(options: ServeHttpOptions): Promise<HttpGateway> {
  const { host = '127.0.0.1', port = 0, logger = silentLogger, drainMs = 10_000 } = options;
  const isLoopback = loopbackHosts.includes(host) || host === '::1';
  if (!isLoopback && (options.auth ?? options.authenticate) === undefined) {
    throw new FrameworkError('AUTH_REQUIRED', `listening on ${host} lets others in: it needs authentication`);
  }
  if (options.auth !== undefined) checkAuth(options.auth);
  const server = createServer(timeoutsOf(options));
  const gateway = new HttpGateway({ ...options, allowedHosts: hostsOf(options), server, logger, drainMs });
  await setFirstServers(gateway, options);
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    gateway.handle(request, response),
  );
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  gateway.listensAt(
    new URL(
      `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}/`,
    ),
  );
  return gateway;
}

function timeoutsOf({ headersTimeoutMs = 10_000, requestTimeoutMs = 30_000 }: ServeHttpOptions) {
  return {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Node looks at its clocks this often.
    connectionsCheckingInterval: Math.min(5000, headersTimeoutMs, requestTimeoutMs),
  };
}

async function setFirstServers(gateway: HttpGateway, { servers }: ServeHttpOptions): Promise<void> {
  const { blocked } = await gateway.setServers(servers);
  if (blocked.length === 0 || gateway.serverNames.length > 0) return;
  const reasons = blocked.map(({ server, plugin, reason }) => `"${server}" by "${plugin}" (${reason})`);
  throw new FrameworkError('SERVERS_BLOCKED', `every server is blocked: ${reasons.join(', ')}`);
}

/** Names that the gateway answers to: what is asked for, else those of this machine and that by which clients know it. */
function hostsOf({ allowedHosts, auth }: ServeHttpOptions): readonly string[] {
  if (allowedHosts !== undefined) return allowedHosts;
  return auth?.publicUrl === undefined ? loopbackHosts : [...loopbackHosts, new URL(auth.publicUrl).hostname];
}

function checkAuth(auth: GatewayAuthOptions): void {
  const { error } = gatewayAuthSchema.safeParse(auth);
  if (error === undefined) return;
  const problems = error.issues.map(({ path, message }) => ['auth', ...path].join('.') + ' ' + message);
  throw new FrameworkError('AUTH_INVALID', problems.join('; '));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new FrameworkError('LISTEN_FAILED', `cannot listen on ${host}:${port}: ${error.message}`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}
