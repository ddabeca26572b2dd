import type { IncomingMessage } from 'node:http';
import {
  describeError,
  type HookName,
  type HostRequest,
  type Logger,
  type Outcome,
} from '@mcpplugins/framework-core';
import { type Authenticate, type Authentication, isRefused } from '@mcpplugins/mcp-transport';
import { incomingHooks } from '../hook-points/incoming-hooks.js';
import type { HookHost } from '../relay/session.js';
import { identify, identityOf } from './identity.js';
import { applyHeaders, redactHeaders } from './redact-headers.js';
import { readUserAnswer } from './user-answer.js';

/** What `withIncomingHooks` takes. */
export interface IncomingHooksOptions {
  readonly manager: HookHost;
  readonly logger: Logger;
  /** The path of the endpoint. */
  readonly path: string;
  /** Who says who a client is when no plugin does. */
  readonly authenticate: Authenticate;
  /** The host request of an HTTP request that has one already. */
  readonly hostRequestOf: (request: IncomingMessage) => HostRequest | undefined;
}

/** Runs the hooks of incoming requests around an authentication. Without plugins on them nothing changes, and nothing waits. */
export function withIncomingHooks(options: IncomingHooksOptions): Authenticate {
  const { manager, authenticate, logger } = options;
  return (request) => {
    if (manager.initialized && !incomingHooks.some((hook) => manager.hasHook(hook)))
      return authenticate(request);
    return runHooks(request, options).catch((error: unknown): Authentication => {
      // Its host request ends with the connection of the client.
      if (!request.destroyed)
        logger.error(`a request could not be guarded and was refused: ${describeError(error)}`);
      return {
        refusal: 'authenticationUnavailable',
        message: 'The plugins cannot be run now; try again later',
      };
    });
  };
}

async function runHooks(request: IncomingMessage, options: IncomingHooksOptions): Promise<Authentication> {
  const { manager, path, hostRequestOf } = options;
  const shared = hostRequestOf(request);
  if (shared !== undefined) return runHooksIn(shared, request, options);
  await using own = manager.openRequest({ metadata: { method: request.method, path } });
  return await runHooksIn(own, request, options);
}

async function runHooksIn(
  host: HostRequest,
  request: IncomingMessage,
  { path, authenticate }: IncomingHooksOptions,
): Promise<Authentication> {
  const { method = '' } = request;
  const { remoteAddress: clientHost, remotePort: clientPort } = request.socket;

  if (host.has('http_pre_request')) {
    const headers = redactHeaders(request.headers);
    const outcome = await host.invoke('http_pre_request', { path, method, clientHost, clientPort, headers });
    if (!outcome.continueProcessing) return refusalOf(outcome);
    const changed = outcome.modifiedPayload?.headers;
    if (changed !== undefined) applyHeaders(request.headers, headers, changed);
  }
  const before = await askBefore(host, request, path);
  if (before !== undefined && isRefused(before)) return before;
  const found = before ?? (await askPlugins(host, request)) ?? (await authenticate(request));
  return (await askAfter(host, found)) ?? found;
}

async function askBefore(
  host: HostRequest,
  request: IncomingMessage,
  path: string,
): Promise<Authentication | undefined> {
  if (!host.has('auth_pre_check')) return undefined;
  const { method = '', headers } = request;
  const outcome = await host.invoke('auth_pre_check', { method, path, headers: redactHeaders(headers) });
  return decisionOf('auth_pre_check', outcome);
}

async function askPlugins(host: HostRequest, request: IncomingMessage): Promise<Authentication | undefined> {
  if (!host.has('http_auth_resolve_user')) return undefined;
  const { headers, socket } = request;
  const [, scheme, credentials] = /^(\S+) +(.+)$/s.exec(headers.authorization ?? '') ?? [];
  const outcome = await host.invoke('http_auth_resolve_user', {
    credentials: scheme === undefined || credentials === undefined ? null : { scheme, credentials },
    headers: redactHeaders(headers),
    clientHost: socket.remoteAddress,
    clientPort: socket.remotePort,
  });
  return decisionOf('http_auth_resolve_user', outcome);
}

async function askAfter(host: HostRequest, found: Authentication): Promise<Authentication | undefined> {
  if (!host.has('auth_post_check')) return undefined;
  const payload = isRefused(found)
    ? { error: { code: -32000, message: found.message ?? found.refusal } }
    : { result: { ...identityOf(found) } };
  const outcome = await host.invoke('auth_post_check', payload);
  // A refusal stays one: a plugin after it may only refuse more.
  return outcome.continueProcessing || isRefused(found) ? undefined : refusalOf(outcome);
}

/** What plugins before the authentication say: a refusal, somebody, or nothing. */
function decisionOf(hook: HookName, outcome: Outcome): Authentication | undefined {
  if (!outcome.continueProcessing) return refusalOf(outcome);
  if (outcome.response === undefined) return undefined;
  const identity = readUserAnswer(outcome.response.result);
  return identity === undefined
    ? { refusal: 'unauthorized', message: 'Unauthorized: a plugin did not say who you are' }
    : identify(['plugin', hook], identity);
}

function refusalOf({ violation }: Outcome): Authentication {
  const isUnknown = violation?.httpStatusCode === 401;
  return {
    refusal: isUnknown ? 'unauthorized' : 'forbidden',
    message: violation === undefined ? undefined : `${violation.reason} (${violation.code})`,
    headers: isUnknown ? { 'www-authenticate': 'Bearer' } : {},
  };
}
