import { describeError } from '@mcpplugins/framework-core';
import {
  isNotification,
  isRequest,
  isResponse,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type JsonRpcResponse,
  type RawTransport,
  type ReceivedMessage,
  type RequestId,
  TransportError,
  type TransportErrorCode,
} from '@mcpplugins/mcp-transport';
import { hookPoints } from '../hook-points/hook-points.js';
import type { Side } from '../hook-points/hook-point.js';
import { serverNotices } from '../hook-points/notices.js';
import { isObject } from '../hook-points/read-params.js';
import { rpcCodes } from '../rpc-codes.js';
import { describeLoginProblem } from '../upstream/oauth/login-errors.js';
import { Forwarding } from './forwarding.js';
import { Exchange, type Outlet, type Received } from './exchange.js';
import { NoticeGuard } from './notice-guard.js';
import { errorAnswer } from './refusal.js';
import { Session, type SessionOptions } from './session.js';

/** What a `Relay` takes. */
export interface RelayOptions extends Omit<SessionOptions, 'points'> {
  /** To the client. */
  readonly client: RawTransport;
  /** To the server. */
  readonly upstream: RawTransport;
}

/** Notifications of a server that are about no request. */
const standsAlone = /^notifications\/(.+\/(list_changed|updated)|tasks\/status)$/;

const refusedMessages: ReadonlySet<TransportErrorCode> = new Set([
  'MESSAGE_NOT_JSON_RPC',
  'MESSAGE_TOO_LARGE',
  'BATCH_REFUSED',
]);

/**
 * Joins a client with a server, message by message, and runs plugins at the hook points. Messages at no hook point go through
 * byte for byte. It sets the callbacks of both transports but `onclose`, and neither starts nor closes them.
 */
export class Relay {
  /** What goes around HTTP requests to the server, if the transport to it makes any. */
  readonly forwarding: Forwarding;
  private readonly client: RawTransport;
  private readonly upstream: RawTransport;
  private readonly session: Session;
  private readonly clientCalls: Exchange;
  private readonly serverCalls: Exchange;
  private readonly notices: Readonly<Record<Side, NoticeGuard>>;

  constructor(options: RelayOptions) {
    const { client, upstream } = options;
    this.client = client;
    this.upstream = upstream;
    this.session = new Session({ ...options, points: hookPoints });
    const { session } = this;
    // Who cannot send on does not read on.
    const toClient = connect(client, upstream);
    const toUpstream = connect(upstream, client);
    const releaseClient = (id: RequestId): void => client.release?.(id);
    const releaseUpstream = (id: RequestId): void => upstream.release?.(id);
    const notices = { client: new NoticeGuard(session, []), server: new NoticeGuard(session, serverNotices) };
    this.notices = notices;
    this.clientCalls = new Exchange({
      session,
      from: 'client',
      notices,
      toOrigin: toClient,
      toTarget: toUpstream,
      releaseOrigin: releaseClient,
      releaseTarget: releaseUpstream,
      whenAnswerable: (id) => this.forwarding.whenOver(id),
    });
    this.forwarding = new Forwarding(session, this.clientCalls);
    this.serverCalls = new Exchange({
      session,
      from: 'server',
      notices,
      toOrigin: toUpstream,
      toTarget: toClient,
      releaseOrigin: releaseUpstream,
      releaseTarget: releaseClient,
      relate: (method) => (standsAlone.test(method) ? undefined : this.clientCalls.latestSent),
    });
    client.onraw = (received) => this.fromClient(received);
    client.onerror = (error) => this.onClientError(error);
    upstream.onraw = (received) => this.fromUpstream(received);
    upstream.onerror = (error) => this.onUpstreamError(error);
  }

  /** The server is gone: answers every request of the client that it has not answered with an error. */
  failUpstream(message: string, data: unknown): void {
    this.clientCalls.failAll(message, data);
  }

  /** Resolves once every request of the client is answered. */
  whenIdle(): Promise<void> {
    return this.clientCalls.whenIdle();
  }

  /** Ends hooks that still run; nothing is sent any more. */
  close(): void {
    this.notices.client.close();
    this.notices.server.close();
    this.clientCalls.close();
    this.serverCalls.close();
  }

  private fromClient(received: ReceivedMessage): void {
    const { message } = received;
    // A newer revision's probe: the error makes the client fall back to `initialize`, which we speak.
    if (isRequest(message) && message.method === 'server/discover') {
      this.refuse(message.id, rpcCodes.methodNotFound, 'Method not found');
      return;
    }
    this.route(received, 'client');
  }

  private fromUpstream(received: ReceivedMessage): void {
    const { message } = received;
    if (this.upstream.setProtocolVersion !== undefined && 'result' in message) {
      this.noteProtocolVersion(message.id, message.result);
    }
    this.route(received, 'server');
  }

  private noteProtocolVersion(id: unknown, result: unknown): void {
    if (this.clientCalls.methodOf(id) !== 'initialize' || !isObject(result)) return;
    const { protocolVersion } = result;
    if (typeof protocolVersion === 'string') this.upstream.setProtocolVersion?.(protocolVersion);
  }

  private route(received: ReceivedMessage, from: Side): void {
    const own = from === 'client' ? this.clientCalls : this.serverCalls;
    const other = from === 'client' ? this.serverCalls : this.clientCalls;
    if (isAnswer(received)) other.answer(received);
    else if (isCall(received)) own.request(received);
    else if (isNotice(received)) routeNotification(received, own, other);
  }

  private onClientError(error: Error): void {
    this.session.logger.warn(`client: ${describeError(error)}`);
    if (!TransportError.is(error)) return;
    if (error.code === 'MESSAGE_NOT_JSON') {
      this.refuse(undefined, rpcCodes.parseError, 'Parse error: the message is not JSON');
    } else if (refusedMessages.has(error.code)) {
      this.refuse(error.refused?.id, rpcCodes.invalidRequest, `Invalid request: ${error.message}`);
    }
  }

  private onUpstreamError(error: Error): void {
    // What a plugin blocked is logged already.
    if (!TransportError.is(error, 'REQUEST_REFUSED'))
      this.session.logger.warn(`server "${this.session.serverName}": ${describeError(error)}`);
    if (!TransportError.is(error)) return;
    const { serverName } = this.session;
    const data = { code: 'UPSTREAM_FAILED', upstream: serverName };
    if (error.refused?.kind === 'answer') {
      const login = describeLoginProblem(error, serverName);
      this.clientCalls.failSent(
        login?.message ??
          whyUnanswered[error.code] ??
          'the server answered with something that is no answer to the request',
        login === undefined ? data : { ...data, code: login.code },
        error.refused.id,
      );
    } else if (error.code === 'MESSAGE_TOO_LARGE') {
      // Nobody knows whose answer it was, and nobody shall wait for it.
      this.clientCalls.failSent(`${error.message}; it may have been the answer`, data);
    }
  }

  private refuse(id: string | number | undefined, code: number, message: string): void {
    this.client.sendText(errorAnswer(id, code, message), id === undefined ? undefined : { answers: id });
  }
}

/** Why a request gets no answer of the server, without a text of the server. */
const whyUnanswered: { readonly [Code in TransportErrorCode]?: string } = {
  STREAM_FAILED: 'the connection to the server was lost before its answer',
  STREAM_LOST: 'the connection to the server was lost before its answer',
  REQUEST_REFUSED: 'the request to the server was refused on the way',
  HTTP_STATUS: 'the server refused the request',
  SESSION_GONE: 'the server refused the request',
  MESSAGE_TOO_LARGE: 'the answer of the server is larger than the limit',
};

function connect(to: RawTransport, back: RawTransport): Outlet {
  to.ondrain = () => back.resume();
  return (text, options) => {
    if (!to.sendText(text, options)) back.pause();
  };
}

function routeNotification(received: Received<JsonRpcNotification>, own: Exchange, other: Exchange): void {
  switch (received.message.method) {
    case 'notifications/cancelled':
      own.cancel(received);
      return;
    case 'notifications/progress':
      other.progress(received);
      return;
    default:
      own.notify(received);
  }
}

function isAnswer(received: ReceivedMessage): received is Received<JsonRpcResponse> {
  return isResponse(received.message);
}

function isCall(received: ReceivedMessage): received is Received<JsonRpcRequest> {
  return isRequest(received.message);
}

function isNotice(received: ReceivedMessage): received is Received<JsonRpcNotification> {
  return isNotification(received.message);
}
