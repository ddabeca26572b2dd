import type { IncomingMessage } from 'node:http';
import type { HttpRefusalName } from './http-refusal.js';

/** Names of this machine for itself. */
export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whom a server serves. */
export interface HostRules {
  /** Host names, without port, that requests may be addressed to. `*`: any, for a server that other machines know by names of their own. */
  readonly allowedHosts: readonly string[];
  /** Whole origins (`https://app.example`) besides those whose host is allowed. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Checks Host and Origin: a page of another site must not reach a server by a name that it made resolve to this machine.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning
 */
export function checkHost(request: IncomingMessage, rules: HostRules): HttpRefusalName | undefined {
  const { host, origin } = request.headers;
  if (host === undefined) return 'hostMissing';
  if (!isHostAllowed(hostNameOf(`http://${host}`), rules)) return 'hostForbidden';
  // An absolute URL in the request line takes the place of the Host header.
  if (request.url?.startsWith('/') === false && !isHostAllowed(hostNameOf(request.url), rules))
    return 'hostForbidden';
  if (origin === undefined || rules.allowedOrigins.includes(origin)) return undefined;
  return isAllowed(hostNameOf(origin), rules) ? undefined : 'originForbidden';
}

function isHostAllowed(name: string | undefined, rules: HostRules): boolean {
  return isAllowed(name, rules) || (name !== undefined && rules.allowedHosts.includes('*'));
}

/** `*` does not count here: it would let any page in. */
function isAllowed(name: string | undefined, rules: HostRules): boolean {
  return name !== undefined && rules.allowedHosts.includes(name);
}

function hostNameOf(url: string): string | undefined {
  try {
    const { hostname, username, password } = new URL(url);
    return username === '' && password === '' ? hostname : undefined;
  } catch {
    return undefined;
  }
}
