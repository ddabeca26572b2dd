import type { NetRefusal } from './net-refusal.js';
import { parseUrl } from './parse-url.js';

/** A request, as far as redirects change it. */
export interface RedirectedRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array | undefined;
}

/** Where a redirect leads, or why it is not followed. */
export type RedirectStep =
  | { readonly ok: true; readonly request: RedirectedRequest }
  | { readonly ok: false; readonly refusal: NetRefusal };

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** Headers that say nothing of the caller. All others stay with the origin that they were meant for. */
const harmlessHeaders = ['accept', 'accept-language', 'user-agent'];

/** Where an answer redirects to, undefined when it does not. */
export function redirectLocation(response: Pick<Response, 'status' | 'headers'>): string | undefined {
  if (!redirectStatuses.has(response.status)) return undefined;
  return response.headers.get('location') ?? undefined;
}

/**
 * The request that follows a redirect. To another origin go neither credentials nor a body.
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export function followRedirect(request: RedirectedRequest, status: number, location: string): RedirectStep {
  const url = parseUrl(location, request.url);
  if (url === undefined) return refuse('the redirect leads to no URL');
  if (request.url.protocol === 'https:' && url.protocol !== 'https:') {
    return refuse('the redirect leads from https to a protocol without encryption');
  }
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') || (status <= 302 && request.method === 'POST');
  const method = becomesGet ? 'GET' : request.method;
  const body = becomesGet ? undefined : request.body;
  if (url.origin === request.url.origin) {
    const headers = new Headers(request.headers);
    if (body === undefined) headers.delete('content-type');
    return { ok: true, request: { url, method, headers, body } };
  }
  if (body !== undefined) return refuse('the redirect would send the body to another origin');
  return { ok: true, request: { url, method, headers: harmlessOf(request.headers), body } };
}

function harmlessOf(headers: Headers): Headers {
  const kept = new Headers();
  for (const name of harmlessHeaders) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}

function refuse(reason: string): RedirectStep {
  return { ok: false, refusal: { code: 'REDIRECT_BLOCKED', reason } };
}
