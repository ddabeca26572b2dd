import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TransportError } from '../../errors/transport-error.js';
import { isRequest, type JsonRpcRequest } from '../../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../../received-message.js';
import { protocolVersions, understandsPriming } from '../protocol-versions.js';
import {
  type AuthenticatedClient,
  type Authentication,
  isRefused,
  refuseUnauthenticated,
} from './authenticate.js';
import { parseEventId } from './event-log.js';
import { checkHost } from './host-check.js';
import { type HttpRefusalName, refuse } from './http-refusal.js';
import {
  type ResolvedHttpServerOptions,
  resolveHttpServerOptions,
  type StreamableHttpServerOptions,
} from './http-server-options.js';
import { HttpSession } from './http-session.js';
import { readBody } from './read-body.js';

/** A session and whom it belongs to. */
interface OpenSession {
  readonly transport: HttpSession;
  readonly principal: string | undefined;
}

type ReceivedRequest = ReceivedMessage & { readonly message: JsonRpcRequest };

const sweepMs = 100;

/**
 * The server's end of MCP over Streamable HTTP, as a handler for `node:http`. Each session is a transport of its own.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export class StreamableHttpServer implements AsyncDisposable {
  private readonly options: ResolvedHttpServerOptions;
  private readonly sessions = new Map<string, OpenSession>();
  private timer: NodeJS.Timeout | undefined;
  private lastPing = performance.now();
  private isClosed = false;

  constructor(options: StreamableHttpServerOptions) {
    this.options = resolveHttpServerOptions(options);
  }

  get sessionCount(): number {
    return this.sessions.size;
  }

  /** Answers one HTTP request. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    const refusal = checkHost(request, this.options) ?? this.checkPath(request);
    if (refusal !== undefined) {
      refuse(response, refusal);
      return;
    }
    const unknown = (): void => {
      if (!response.destroyed) refuse(response, 'authenticationUnavailable');
    };
    try {
      const client = this.options.authenticate?.(request);
      if (client instanceof Promise) {
        client.then((found) => this.admit(request, response, found), unknown);
      } else this.admit(request, response, client);
    } catch {
      unknown();
    }
  };

  /** Closes every session; later requests are refused. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await Promise.all([...this.sessions.values()].map(({ transport }) => transport.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private admit(
    request: IncomingMessage,
    response: ServerResponse,
    client: Authentication | undefined,
  ): void {
    // A client that went away meanwhile: what is read of it now never ends.
    if (request.destroyed || response.destroyed) return;
    if (client !== undefined && isRefused(client)) refuseUnauthenticated(response, client);
    else this.route(request, response, client);
  }

  private route(
    request: IncomingMessage,
    response: ServerResponse,
    client: AuthenticatedClient | undefined,
  ): void {
    const { method } = request;
    if (method === 'POST') this.post(request, response, client).catch(() => response.destroy());
    else if (method === 'GET') this.get(request, response, client);
    else if (method === 'DELETE') void this.delete(request, response, client);
    else refuse(response, 'methodNotAllowed');
  }

  private checkPath(request: IncomingMessage): HttpRefusalName | undefined {
    if (this.isClosed) return 'notServing';
    const { url = '/' } = request;
    const path = url.startsWith('/') ? url.replace(/\?.*$/s, '') : new URL(url).pathname;
    return path === this.options.path ? undefined : 'pathNotFound';
  }

  private async post(
    request: IncomingMessage,
    response: ServerResponse,
    client: AuthenticatedClient | undefined,
  ): Promise<void> {
    const refusal = checkPostHeaders(request);
    if (refusal !== undefined) {
      refuse(response, refusal);
      return;
    }
    const text = await readBody(request, this.options.maxMessageBytes);
    if (text === undefined) {
      refuse(response, 'bodyTooLarge');
      return;
    }
    const received = this.parse(text, response);
    if (received === undefined) return;
    if (request.headers['mcp-session-id'] === undefined && isInitialize(received)) {
      await this.open(received, request, response, client);
      return;
    }
    const session = this.find(request, client);
    if (typeof session === 'string') refuse(response, session, { id: idOf(received) });
    else this.deliver(session, received, request, response);
  }

  private parse(text: string, response: ServerResponse): ReceivedMessage | undefined {
    try {
      const received = parseReceived(text);
      return Array.isArray(received) ? undefined : received;
    } catch (error) {
      if (!TransportError.is(error)) throw error;
      const message = `Invalid request: ${error.message}`;
      if (error.code === 'MESSAGE_NOT_JSON') refuse(response, 'notJson');
      else refuse(response, 'notJson', { code: -32600, message, id: error.refused?.id });
      return undefined;
    }
  }

  private async open(
    received: ReceivedRequest,
    request: IncomingMessage,
    response: ServerResponse,
    client: AuthenticatedClient | undefined,
  ): Promise<void> {
    if (this.sessions.size >= this.options.maxSessions) {
      refuse(response, 'tooManySessions', { id: received.message.id });
      return;
    }
    const id = randomUUID();
    const transport = new HttpSession(id, this.options, () => this.sessions.delete(id));
    this.sessions.set(id, { transport, principal: client?.principal });
    this.timer ??= setInterval(() => this.sweep(), sweepMs).unref();
    try {
      await this.options.onSession(transport, { request, client });
    } catch (error) {
      this.sessions.delete(id);
      const message = error instanceof Error ? error.message : String(error);
      answerError(response, received.message, message);
      return;
    }
    this.deliver(transport, received, request, response);
  }

  private deliver(
    session: HttpSession,
    received: ReceivedMessage,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (!isReceivedRequest(received)) {
      if (session.isFull) {
        refuse(response, 'tooManyRequests');
        return;
      }
      response.writeHead(202, { 'content-length': 0 }).end();
      session.receive(received);
      return;
    }
    const refusal =
      isInitialize(received) && request.headers['mcp-session-id'] !== undefined
        ? 'sessionExists'
        : session.receiveRequest(received, response, understandsPriming(versionOf(request, received)));
    if (refusal !== undefined) refuse(response, refusal, { id: received.message.id });
  }

  private get(
    request: IncomingMessage,
    response: ServerResponse,
    client: AuthenticatedClient | undefined,
  ): void {
    if (!accepts(request, 'text/event-stream')) {
      refuse(response, 'notAcceptableGet');
      return;
    }
    const session = this.find(request, client);
    if (typeof session === 'string') {
      refuse(response, session);
      return;
    }
    const lastEvent = request.headers['last-event-id'];
    const resume = typeof lastEvent === 'string' ? parseEventId(lastEvent) : undefined;
    const refusal =
      lastEvent !== undefined && resume === undefined ? 'eventUnknown' : session.openStream(response, resume);
    if (refusal !== undefined) refuse(response, refusal);
  }

  private async delete(
    request: IncomingMessage,
    response: ServerResponse,
    client: AuthenticatedClient | undefined,
  ): Promise<void> {
    const session = this.find(request, client);
    if (typeof session === 'string') {
      refuse(response, session);
      return;
    }
    await session.close();
    response.writeHead(200, { 'content-length': 0 }).end();
  }

  /** The session that a request names, or why it has none. That of somebody else is as unknown as any. */
  private find(
    request: IncomingMessage,
    client: AuthenticatedClient | undefined,
  ): HttpSession | HttpRefusalName {
    const version = request.headers['mcp-protocol-version'];
    if (version !== undefined && !protocolVersions.includes(String(version))) return 'versionUnknown';
    const id = request.headers['mcp-session-id'];
    if (id === undefined) return 'sessionRequired';
    const session = this.sessions.get(String(id));
    if (session === undefined || session.principal !== client?.principal) return 'sessionUnknown';
    return session.transport;
  }

  private sweep(): void {
    const now = performance.now();
    const isPingTime = now - this.lastPing >= this.options.keepAliveMs;
    if (isPingTime) this.lastPing = now;
    for (const { transport } of this.sessions.values()) {
      transport.sweep(now);
      if (isPingTime) transport.ping();
      if (transport.isIdle && now - transport.lastSeen > this.options.sessionIdleMs) void transport.close();
    }
  }
}

function checkPostHeaders(request: IncomingMessage): HttpRefusalName | undefined {
  if (!accepts(request, 'application/json') || !accepts(request, 'text/event-stream'))
    return 'notAcceptablePost';
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  const isJson = /^application\/json\s*(;|$)/i.test(type);
  return isJson && encoding === 'identity' ? undefined : 'unsupportedMediaType';
}

function accepts(request: IncomingMessage, type: string): boolean {
  const { accept = '' } = request.headers;
  return accept.includes(type) || accept.includes('*/*');
}

function isReceivedRequest(received: ReceivedMessage): received is ReceivedRequest {
  return isRequest(received.message);
}

function isInitialize(received: ReceivedMessage): received is ReceivedRequest {
  return isReceivedRequest(received) && received.message.method === 'initialize';
}

function idOf(received: ReceivedMessage): JsonRpcRequest['id'] | undefined {
  return isReceivedRequest(received) ? received.message.id : undefined;
}

/** The revision that the client speaks: what it asks for when it begins, later what the header says. */
function versionOf(request: IncomingMessage, { message }: ReceivedRequest): string {
  const { 'mcp-protocol-version': header } = request.headers;
  const asked = message.method === 'initialize' ? message.params?.['protocolVersion'] : header;
  return typeof asked === 'string' ? asked : '';
}

function answerError(response: ServerResponse, { id }: JsonRpcRequest, message: string): void {
  const body = JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message } });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
