import { loopbackHosts } from '@mcpplugins/mcp-transport';
import { boundResponse } from '../../auth/bound-response.js';

/** Milliseconds that an authorization server gets to answer. */
const answerMs = 30_000;
/** Bytes that metadata or tokens may have. */
const maxBytes = 1_048_576;

/** Requests of a login: as `fetch`, within limits. */
export type LoginFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * Whether secrets may go to an address: https, or for a server on this machine another port of it.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#communication-security
 */
export function mayGetSecrets(address: string | URL, server: URL): boolean {
  if (!URL.canParse(String(address))) return false;
  const url = new URL(address);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && isLoopback(server));
}

/** Whether a server at this address can have `oauth`: its tokens would not go in the clear. */
export function mayLogInAt(server: URL): boolean {
  return mayGetSecrets(server, server);
}

/** Makes what a login for this server fetches with: nothing in the clear, nothing without end. */
export function createLoginFetch(server: URL, signal: AbortSignal): LoginFetch {
  return async (url, init) => {
    const { origin } = new URL(url);
    if (!mayGetSecrets(url, server))
      throw new Error(`${origin} is neither https nor, as the server itself, on this machine`);
    try {
      const until = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
      const response = await fetch(url, { ...init, signal: until });
      return await boundResponse(response, maxBytes, `the answer of ${origin}`);
    } catch (error) {
      // As a `TypeError` it would pass for one of a browser that forbids the request, and be tried again.
      throw new Error(`${origin} cannot be reached: ${describeFailure(error)}`, { cause: error });
    }
  };
}

function isLoopback({ hostname }: URL): boolean {
  return loopbackHosts.includes(hostname);
}

/** `fetch failed` says nothing; its cause does. */
function describeFailure(error: unknown): string {
  const { cause, message } = error as Error;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : message;
}
