import { FrameworkError } from '@mcpplugins/framework-core';
import type { Agent } from 'undici';
import { type Deadline, startDeadline } from './deadline.js';
import { createGuardedAgent } from './guarded-agent.js';
import { createNetGuard, type NetGuard } from './net-guard.js';
import type { NetPolicy, ResolveHost } from './net-policy.js';
import { type NetRefusal, NetRefusedError, refusalBehind } from './net-refusal.js';
import { readBody } from './read-body.js';
import { followRedirect, type RedirectedRequest, redirectLocation } from './redirect.js';

/** Options of `createGuardedFetch`. */
export interface GuardedFetchOptions {
  readonly policy?: NetPolicy;
  /** Default: the operating system's resolver. */
  readonly resolveHost?: ResolveHost;
  /** Default 5; 0 follows none. */
  readonly maxRedirects?: number;
  /** For a whole request, redirects and body included. Default 30 000. */
  readonly timeoutMs?: number;
  /** Of a body, decompressed. Default 16 777 216. */
  readonly maxResponseBytes?: number;
}

/** What one request may say. */
export interface GuardedRequest {
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** `fetch` that goes nowhere but where the policy allows, at every redirect and for every address. */
export interface GuardedFetch extends AsyncDisposable {
  /**
   * @throws NetRefusedError `NET_REFUSED`
   * @throws FrameworkError `NET_UNREACHABLE`, `NET_TIMEOUT`, `NET_RESPONSE_TOO_LARGE`
   */
  fetch(url: string | URL, request?: GuardedRequest): Promise<Response>;
  /** Closes its connections. */
  close(): Promise<void>;
}

/**
 * Makes the one fetch that plugins use. The answer's body is read before it returns, so nothing is left open.
 * @throws FrameworkError `HOST_RULE_INVALID`
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const {
    policy,
    resolveHost,
    maxRedirects = 5,
    timeoutMs = 30_000,
    maxResponseBytes = 16_777_216,
  } = options;
  const guard = createNetGuard(policy, resolveHost === undefined ? {} : { resolveHost });
  let agent: Promise<Agent> | undefined;

  async function send(request: RedirectedRequest, { signal }: Deadline) {
    const { fetch } = await import('undici');
    return fetch(request.url, {
      method: request.method,
      headers: [...request.headers],
      body: request.body ?? null,
      redirect: 'manual',
      signal,
      dispatcher: await (agent ??= createGuardedAgent(guard)),
    });
  }

  async function run(first: RedirectedRequest, deadline: Deadline): Promise<Response> {
    let request = first;
    for (let redirects = 0; ; redirects++) {
      const response = await send(request, deadline).catch((error: unknown) => {
        throw redirects > 0 ? asRedirectRefusal(error) : error;
      });
      const location = redirectLocation(response);
      if (location === undefined) {
        return toResponse(response, await readBody(response.body, maxResponseBytes), request.url);
      }
      await response.body?.cancel();
      if (redirects === maxRedirects) {
        throw refuseRedirect({ code: 'REDIRECT_BLOCKED', reason: `more than ${maxRedirects} redirects` });
      }
      const step = followRedirect(request, response.status, location);
      if (!step.ok) throw new NetRefusedError(step.refusal);
      const verdict = guard.checkUrl(step.request.url.href);
      if (!verdict.ok) throw refuseRedirect(verdict.refusal);
      request = step.request;
    }
  }

  async function close(): Promise<void> {
    const opened = agent;
    agent = undefined;
    await (await opened)?.destroy();
  }

  return {
    async fetch(url, { method = 'GET', headers = {}, body, signal } = {}) {
      const request = {
        url: checked(guard, url),
        method: method.toUpperCase(),
        headers: new Headers(headers),
        body,
      };
      using deadline = startDeadline(timeoutMs, signal);
      try {
        return await run(request, deadline);
      } catch (error) {
        throw toFrameworkError(error, request.url, deadline, timeoutMs);
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function checked(guard: NetGuard, url: string | URL): URL {
  const verdict = guard.checkUrl(typeof url === 'string' ? url : url.href);
  if (verdict.ok) return verdict.url.url;
  throw new NetRefusedError(verdict.refusal);
}

function asRedirectRefusal(error: unknown): unknown {
  const refusal = refusalBehind(error);
  return refusal === undefined ? error : refuseRedirect(refusal);
}

function refuseRedirect(target: NetRefusal): NetRefusedError {
  if (target.code === 'REDIRECT_BLOCKED') return new NetRefusedError(target);
  const reason = `the redirect is not followed: ${target.reason}`;
  return new NetRefusedError({
    code: 'REDIRECT_BLOCKED',
    reason,
    target,
    ...(target.host !== undefined && { host: target.host }),
  });
}

/** Statuses that the constructor of `Response` takes without a body only. */
const bodilessStatuses = new Set([101, 204, 205, 304]);

function toResponse(
  {
    status,
    statusText,
    headers,
  }: { status: number; statusText: string; headers: Iterable<[string, string]> },
  body: Uint8Array<ArrayBuffer>,
  url: URL,
): Response {
  const response = new Response(bodilessStatuses.has(status) ? null : body, {
    status,
    statusText,
    headers: [...headers],
  });
  return Object.defineProperty(response, 'url', { value: url.href });
}

function toFrameworkError(error: unknown, url: URL, deadline: Deadline, timeoutMs: number): unknown {
  const refusal = refusalBehind(error);
  if (refusal !== undefined) return error instanceof NetRefusedError ? error : new NetRefusedError(refusal);
  if (FrameworkError.is(error)) return error;
  if (deadline.isExpired) {
    return new FrameworkError('NET_TIMEOUT', `${url.host} did not answer within ${timeoutMs} ms`);
  }
  if (deadline.signal.aborted) return deadline.signal.reason;
  return new FrameworkError('NET_UNREACHABLE', `${url.host} cannot be reached`, { cause: error });
}
