import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { checkHost, loopbackHosts, refuse, StreamableHttpServer } from '@mcpplugins/mcp-transport';
import { describeError, type Logger } from '@mcpplugins/framework-core';
import type { DispatcherShared } from '../mcp/mcp-dispatcher.js';
import { serveSession } from '../mcp/serve-session.js';
import type { ServerSettings } from '../settings/server-settings.js';
import { listen } from './listen.js';
import { StatelessEndpoint } from './stateless-endpoint.js';
import { readServerTls } from './tls-server.js';

/** What the HTTP server shows besides the endpoint. */
interface ServerStatus {
  /** Whether calls are taken. */
  readonly isReady: () => boolean;
  /** Text for Prometheus; undefined: metrics are switched off. */
  readonly metrics: (() => string) | undefined;
}

/** What `startHttpServer` takes. */
export interface PluginHttpServerOptions {
  readonly settings: ServerSettings;
  readonly shared: DispatcherShared;
  readonly status: ServerStatus;
  readonly logger: Logger;
}

/** A plugin server's HTTP side. */
export interface PluginHttpServer {
  /** Address of the endpoint, or the path of the unix socket. */
  readonly address: string;
  /** Address of the plain server for health checks beside one with TLS. */
  readonly healthAddress: string | undefined;
  /** Takes no new connections and sessions. */
  stopListening(): void;
  close(): Promise<void>;
}

/** ContextForge's runtime serves health checks in plain HTTP this many ports above one with TLS. */
const healthPortOffset = 1000;

/** Starts to listen. @throws FrameworkError `SERVER_LISTEN_FAILED`, `SERVER_TLS_INVALID` */
export async function startHttpServer(options: PluginHttpServerOptions): Promise<PluginHttpServer> {
  const { settings } = options;
  const endpoint = createEndpoint(options);
  const handler = createHandler(options, endpoint.handle);
  const server: Server =
    settings.tls === undefined
      ? createServer(handler)
      : createTlsServer(readServerTls(settings.tls), handler);
  const { host, port, uds } = settings;
  await listen(server, uds === undefined ? { host, port } : { uds });
  const health = settings.tls === undefined ? undefined : await startHealthServer(options, portOf(server));
  return {
    address: addressOf(server, settings),
    healthAddress: health && `http://${bracket(settings.host)}:${portOf(health)}`,
    stopListening() {
      server.close();
      server.closeIdleConnections();
    },
    async close() {
      await endpoint.close();
      await closeServer(server);
      if (health !== undefined) await closeServer(health);
    },
  };
}

interface Endpoint {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

function createEndpoint({ settings, shared, logger }: PluginHttpServerOptions): Endpoint {
  const { maxMessageBytes, path } = settings;
  if (settings.stateless) {
    const stateless = new StatelessEndpoint({ shared, maxMessageBytes });
    return {
      handle: (request, response) => {
        stateless.handle(request, response).catch((error: unknown) => {
          logger.warn(`a request failed: ${describeError(error)}`);
          response.destroy();
        });
      },
      close: () => Promise.resolve(),
    };
  }
  const http = new StreamableHttpServer({
    path,
    maxMessageBytes,
    allowedHosts: [...loopbackHosts, ...settings.allowedHosts],
    allowedOrigins: settings.allowedOrigins,
    onSession: async (session) => {
      await serveSession(session, shared);
    },
  });
  return { handle: http.handle, close: () => http.close() };
}

function createHandler({ settings, status }: PluginHttpServerOptions, endpoint: Endpoint['handle']) {
  const rules = {
    allowedHosts: [...loopbackHosts, ...settings.allowedHosts],
    allowedOrigins: settings.allowedOrigins,
  };
  const digest = settings.token === undefined ? undefined : sha256(`Bearer ${settings.token}`);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request);
    if (answerHealth(path, response, status)) return;
    const refusal = checkHost(request, rules);
    if (refusal !== undefined) refuse(response, refusal);
    else if (digest !== undefined && !timingSafeEqual(digest, sha256(request.headers.authorization ?? ''))) {
      response.setHeader('www-authenticate', 'Bearer');
      refuse(response, 'unauthorized');
    } else if (path === settings.path) endpoint(request, response);
    else if (path === '/metrics' || path === '/metrics/prometheus') answerMetrics(response, status);
    else refuse(response, 'pathNotFound');
  };
}

function answerHealth(path: string, response: ServerResponse, status: ServerStatus): boolean {
  if (path === '/health') sendJson(response, 200, { status: 'healthy' });
  else if (path === '/ready' && status.isReady()) sendJson(response, 200, { status: 'ready' });
  else if (path === '/ready') sendJson(response, 503, { status: 'not ready' });
  else return false;
  return true;
}

function answerMetrics(response: ServerResponse, { metrics }: ServerStatus): void {
  if (metrics === undefined) {
    sendJson(response, 503, { error: 'metrics are switched off (ENABLE_METRICS)' });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  response.end(metrics());
}

async function startHealthServer(
  { settings, status }: PluginHttpServerOptions,
  port: number,
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (answerHealth(path, response, status)) return;
    if (path === '/metrics' || path === '/metrics/prometheus') answerMetrics(response, status);
    else refuse(response, 'pathNotFound');
  });
  // Where any port was asked for, the one above it may be anybody's.
  const healthPort = settings.port === 0 ? 0 : port + healthPortOffset;
  await listen(server, { host: settings.host, port: healthPort });
  return server;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.startsWith('/') ? url.replace(/\?.*$/s, '') : (URL.parse(url)?.pathname ?? '/');
}

function addressOf(server: Server, { uds, host, path, tls }: ServerSettings): string {
  if (uds !== undefined) return uds;
  return `${tls === undefined ? 'http' : 'https'}://${bracket(host)}:${portOf(server)}${path}`;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
