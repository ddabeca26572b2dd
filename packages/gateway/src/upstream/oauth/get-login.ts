import { FrameworkError } from '@mcpplugins/framework-core';
import type { AskPerson } from './ask-person.js';
import { findAuthorizationServer, readChallenge } from './authorization-server.js';
import { describeFailure } from './describe-failure.js';
import { logInByClient, logInByPerson, refreshLogin } from './grants.js';
import type { LoginContext } from './login-context.js';
import { loginFailed, loginRequired } from './login-errors.js';
import type { StoredLogin } from './stored-login.js';

/** What a login is to come from. */
export interface LoginRequest {
  /** `WWW-Authenticate` of the server's refusal. */
  readonly challenge: string | undefined;
  /** The login that the server no longer takes. */
  readonly former: StoredLogin | undefined;
  /** Scopes that the server misses in it: no refresh brings them. */
  readonly missing: readonly string[];
  readonly askPerson: AskPerson | undefined;
  /** What is stored now: another process may have refreshed the former login first. */
  readonly reload: () => Promise<StoredLogin | undefined>;
}

/** A login, and whether it was granted now: a server that refuses that one refuses every one. */
export interface GotLogin {
  readonly login: StoredLogin;
  readonly isGranted: boolean;
}

/**
 * Gets a login: refreshed, or granted to the client itself, or to a person.
 * @throws FrameworkError `UPSTREAM_LOGIN_REQUIRED`, `UPSTREAM_LOGIN_FAILED`
 */
export async function getLogin(context: LoginContext, request: LoginRequest): Promise<GotLogin> {
  try {
    return await get(context, request);
  } catch (error) {
    if (FrameworkError.is(error)) throw error;
    throw loginFailed(context.name, describeFailure(error));
  }
}

async function get(context: LoginContext, request: LoginRequest): Promise<GotLogin> {
  const { challenge, former, missing, askPerson } = request;
  const { options, name } = context;
  const isPersonal = options.grant !== 'client_credentials';
  const authorizationServer = await findAuthorizationServer(context, challenge);
  if (isPersonal && former !== undefined && missing.length === 0) {
    const refreshed = await refreshLogin(context, authorizationServer, former);
    const login = refreshed ?? (await request.reload());
    if (login !== undefined && login.accessToken !== former.accessToken) return { login, isGranted: false };
  }
  const scopes =
    missing.length > 0
      ? [...(former?.scopes ?? []), ...missing]
      : (options.scopes ?? authorizationServer.scopes ?? []);
  if (!isPersonal)
    return { login: await logInByClient(context, authorizationServer, scopes), isGranted: true };
  if (askPerson === undefined) throw loginRequired(name);
  return { login: await logInByPerson(context, authorizationServer, { scopes, askPerson }), isGranted: true };
}

/** The scopes that a server says are missing, without those that were asked for and not given. */
export function missingScopes(
  challenge: string | undefined,
  login: StoredLogin | undefined,
): readonly string[] {
  const { scope = '' } = readChallenge(challenge);
  return scope.split(' ').filter((one) => one !== '' && login?.scopes.includes(one) !== true);
}
