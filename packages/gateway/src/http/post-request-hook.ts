import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  describeError,
  type HostRequest,
  type Logger,
  type OutcomeViolation,
} from '@mcpplugins/framework-core';
import { changedHeaders, redactHeaders } from '../auth/redact-headers.js';
import { postRequestHook } from '../hook-points/incoming-hooks.js';
import type { HookHost } from '../relay/session.js';
import { type AnswerHead, holdHead, type HeadDecision } from './held-head.js';

/** What a `PostRequestHook` takes. */
export interface PostRequestHookOptions {
  readonly manager: HookHost;
  readonly logger: Logger;
  /** An answer was withheld that would have told a client the id of its new session. */
  readonly onLostSession: (sessionId: string) => void;
}

/** The hook after an HTTP request was handled. While no plugin is on it, nothing is held and nothing is kept. */
export class PostRequestHook {
  private readonly options: PostRequestHookOptions;
  private readonly requests = new WeakMap<IncomingMessage, HostRequest>();

  constructor(options: PostRequestHookOptions) {
    this.options = options;
  }

  /** The host request of an HTTP request whose answer a plugin will look at. */
  hostRequestOf(request: IncomingMessage): HostRequest | undefined {
    return this.requests.get(request);
  }

  /** Lets plugins look at the answer to a request, if there are any. */
  guard(request: IncomingMessage, response: ServerResponse, path: string): void {
    const { manager } = this.options;
    if (!manager.initialized || !manager.hasHook(postRequestHook)) return;
    const host = manager.openRequest({ metadata: { method: request.method, path } });
    this.requests.set(request, host);
    response.once('close', () => host.close());
    holdHead(response, (head) => this.decide(host, request, path, head));
  }

  private async decide(
    host: HostRequest,
    request: IncomingMessage,
    path: string,
    head: AnswerHead,
  ): Promise<HeadDecision> {
    try {
      const { method = '', socket } = request;
      const responseHeaders = redactHeaders({ ...head.headers });
      const outcome = await host.invoke(postRequestHook, {
        path,
        method,
        clientHost: socket.remoteAddress,
        clientPort: socket.remotePort,
        headers: redactHeaders(request.headers),
        responseHeaders,
        statusCode: head.statusCode,
      });
      if (!outcome.continueProcessing) return this.refuse(request, path, head, outcome.violation);
      const changed = outcome.modifiedPayload?.responseHeaders ?? undefined;
      return { ...head, headers: changedHeaders({ ...head.headers }, responseHeaders, changed) };
    } catch (error) {
      this.options.logger.error(`an answer could not be guarded and was withheld: ${describeError(error)}`);
      return this.refuse(request, path, head, undefined);
    } finally {
      host.close();
    }
  }

  private refuse(
    request: IncomingMessage,
    path: string,
    head: AnswerHead,
    violation: OutcomeViolation | undefined,
  ): HeadDecision {
    if (violation !== undefined && !request.socket.destroyed) {
      const { plugin, hook, code } = violation;
      this.options.logger.info('the answer to a request was withheld', { plugin, hook, code, path });
    }
    const session = head.headers['mcp-session-id'];
    if (request.headers['mcp-session-id'] === undefined && typeof session === 'string')
      this.options.onLostSession(session);
    return refusalInstead(head, violation);
  }
}

/** Codes of violations that say that a plugin failed, not that it refused. */
const failures: ReadonlySet<string> = new Set(['PLUGIN_ERROR', 'PLUGIN_TIMEOUT']);

/** The answer in place of one that was withheld. Undefined: the plugins could not be run. */
function refusalInstead({ headers }: AnswerHead, violation: OutcomeViolation | undefined): HeadDecision {
  const statusCode = statusOf(violation);
  const message =
    violation === undefined
      ? 'The plugins cannot be run now; try again later'
      : `${violation.reason} (${violation.code})`;
  const insteadBody = JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null });
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(insteadBody)),
      // The rest of a body that is not read must not be taken for the next request.
      ...(headers['connection'] !== undefined && { connection: headers['connection'] }),
      ...(statusCode === 401 && { 'www-authenticate': 'Bearer' }),
      ...(statusCode === 503 && { 'retry-after': '1' }),
    },
    insteadBody,
  };
}

function statusOf(violation: OutcomeViolation | undefined): number {
  if (violation === undefined) return 503;
  const { httpStatusCode = 0, code } = violation;
  if (httpStatusCode >= 400 && httpStatusCode < 600) return httpStatusCode;
  return failures.has(code) ? 500 : 403;
}
