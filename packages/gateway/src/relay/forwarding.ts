import {
  describeError,
  FrameworkError,
  type Outcome,
  type OutcomeViolation,
  type PayloadOf,
} from '@mcpplugins/framework-core';
import {
  type AroundRequest,
  type HttpResponse,
  type RequestHead,
  type RequestId,
  type SendRequest,
  TransportError,
} from '@mcpplugins/mcp-transport';
import { changedHeaders, redactHeaders } from '../auth/redact-headers.js';
import { redactUrl } from '../auth/redact-url.js';
import { type ForwardingHook, forwardingHooks } from '../hook-points/forwarding-hooks.js';
import type { Exchange } from './exchange.js';
import { hookFailure } from './refusal.js';
import type { Session } from './session.js';

const [preHook, postHook] = forwardingHooks;

type Asked = PayloadOf<typeof preHook>;
type HostRequest = ReturnType<Session['openRequest']>;

/**
 * The hooks around the HTTP requests by which a relay reaches its server. They run in the host request of the call that an HTTP
 * request is made for; one that is made for none has a host request of its own.
 */
export class Forwarding {
  private readonly session: Session;
  private readonly calls: Exchange;
  private readonly running = new Map<RequestId, Promise<void>>();

  /** `calls`: those of the client. */
  constructor(session: Session, calls: Exchange) {
    this.session = session;
    this.calls = calls;
  }

  /** Whether any plugin runs on these hooks. */
  get isNeeded(): boolean {
    return this.session.guardsForwarding;
  }

  /** Resolves when the hooks around the request of a call are through. Undefined: they are. */
  whenOver(id: RequestId): Promise<void> | undefined {
    return this.running.get(id);
  }

  /** @throws TransportError `REQUEST_REFUSED`, and what `send` throws */
  async around(request: RequestHead, send: SendRequest): Promise<HttpResponse> {
    const { requestId } = request;
    if (!this.isNeeded) return send(request.headers);
    const guarded = this.guard(request, send);
    if (requestId === undefined) return guarded;
    const over = guarded.then(
      () => {},
      () => {},
    );
    this.running.set(requestId, over);
    try {
      return await guarded;
    } finally {
      if (this.running.get(requestId) === over) this.running.delete(requestId);
    }
  }

  private async guard(request: RequestHead, send: SendRequest): Promise<HttpResponse> {
    const { requestId, method, signal } = request;
    const shared = requestId === undefined ? undefined : this.calls.hostRequestOf(requestId);
    if (shared !== undefined) return this.run(shared, request, send);
    const own = this.open(request, this.calls.methodOf(requestId) ?? method, signal);
    try {
      return await this.run(own, request, send);
    } finally {
      own.close();
    }
  }

  private open(request: RequestHead, method: string, signal: AbortSignal): HostRequest {
    try {
      return this.session.openRequest(method, signal);
    } catch (error) {
      return this.refuse(request, this.failed(preHook, error));
    }
  }

  private async run(host: HostRequest, request: RequestHead, send: SendRequest): Promise<HttpResponse> {
    const { url, method, headers } = request;
    const asked = { url: redactUrl(url), method, headers: redactHeaders(headers) };
    const before = await this.ask(host, preHook, asked);
    if (!before.continueProcessing) return this.refuse(request, before.violation);
    const changed = before.modifiedPayload?.headers;
    const response = await send(changedHeaders(headers, asked.headers, changed));
    return this.receive(host, request, { ...asked, headers: changed ?? asked.headers }, response);
  }

  private async receive(
    host: HostRequest,
    request: RequestHead,
    asked: Asked,
    response: HttpResponse,
  ): Promise<HttpResponse> {
    const { statusCode } = response;
    const responseHeaders = redactHeaders(response.headers);
    response.pause();
    const after = await this.ask(host, postHook, { ...asked, statusCode, responseHeaders });
    if (!after.continueProcessing) {
      response.destroy();
      return this.refuse(request, after.violation);
    }
    response.headers = changedHeaders(
      response.headers,
      responseHeaders,
      after.modifiedPayload?.responseHeaders,
    );
    response.resume();
    return response;
  }

  private async ask<Hook extends ForwardingHook>(
    host: HostRequest,
    hook: Hook,
    payload: PayloadOf<Hook>,
  ): Promise<Outcome<PayloadOf<Hook>>> {
    try {
      return await host.invoke(hook, payload, { owned: true });
    } catch (error) {
      return { continueProcessing: false, metadata: {}, violation: this.failed(hook, error) };
    }
  }

  private failed(hook: ForwardingHook, error: unknown): OutcomeViolation {
    // That of a call that was cancelled is closed: nobody waits for it.
    if (!FrameworkError.is(error, 'REQUEST_CLOSED'))
      this.session.logger.error(
        `an HTTP request could not be guarded and was blocked: ${describeError(error)}`,
      );
    return hookFailure(hook, error);
  }

  private refuse(
    { requestId, method }: RequestHead,
    violation: OutcomeViolation = hookFailure(preHook),
  ): never {
    const { plugin, hook, code } = violation;
    const server = this.session.serverName;
    if (requestId === undefined)
      this.session.logger.info(`${method} to the server was blocked`, { plugin, hook, code, server });
    else this.calls.blockSent(requestId, violation);
    throw new TransportError('REQUEST_REFUSED', `${method} was blocked by the plugin "${plugin}" (${code})`);
  }
}

/** What the connection to a server takes before there is the relay whose hooks go around its requests. */
export function forwardingOf(find: () => Forwarding): {
  readonly around: AroundRequest;
  readonly isAroundNeeded: () => boolean;
} {
  return {
    around: (request, send) => find().around(request, send),
    isAroundNeeded: () => find().isNeeded,
  };
}
