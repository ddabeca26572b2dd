import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import { TransportError } from '@mcpplugins/mcp-transport';
import type { GatewayErrorCode } from '../../errors/error-codes.js';

type LoginErrorCode = Extract<GatewayErrorCode, 'UPSTREAM_LOGIN_REQUIRED' | 'UPSTREAM_LOGIN_FAILED'>;

const loginErrorCodes: ReadonlySet<string> = new Set<LoginErrorCode>([
  'UPSTREAM_LOGIN_REQUIRED',
  'UPSTREAM_LOGIN_FAILED',
]);

/** Nobody has logged in at the server, and nobody is to be asked now. */
export function loginRequired(server: string): FrameworkError<LoginErrorCode> {
  return new FrameworkError(
    'UPSTREAM_LOGIN_REQUIRED',
    `server "${server}" asks for a login: run \`mcpplugins login ${quoted(server)}\``,
  );
}

/** The login at the server did not succeed. */
export function loginFailed(server: string, problem: string): FrameworkError<LoginErrorCode> {
  return new FrameworkError('UPSTREAM_LOGIN_FAILED', `the login at server "${server}" failed: ${problem}`);
}

/** Why a request did not reach its server for want of credentials, if that is why; not for clients, since it may name files. */
export function loginProblemOf(error: unknown, server: string): FrameworkError | undefined {
  if (!TransportError.is(error, 'UNAUTHORIZED')) return undefined;
  if (FrameworkError.is(error.cause)) return error.cause;
  return new FrameworkError<LoginErrorCode>(
    'UPSTREAM_LOGIN_REQUIRED',
    `server "${server}" refused the request because it has no valid credentials: configure \`oauth\` for it, or correct its \`headers\``,
  );
}

/** The same for clients of the gateway: what is about this machine they are not told. */
export function describeLoginProblem(
  error: unknown,
  server: string,
): { readonly code: string; readonly message: string } | undefined {
  const problem = loginProblemOf(error, server);
  if (problem === undefined) return undefined;
  const { code, message } = problem;
  const isTold = loginErrorCodes.has(code);
  return {
    code,
    message: isTold ? message : `the gateway cannot log in at server "${server}"; its log says why`,
  };
}

/** An error of the transport, from one of a login. */
export function toUnauthorized(error: unknown): TransportError {
  if (TransportError.is(error)) return error;
  return new TransportError('UNAUTHORIZED', FrameworkError.is(error) ? error.message : describeError(error), {
    cause: error,
  });
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
