import { describeError, type FrameworkError, type Logger, silentLogger } from '@mcpplugins/framework-core';
import type { AroundRequest, HttpResponse } from '@mcpplugins/mcp-transport';
import type { AskPerson } from './ask-person.js';
import type { GotLogin } from './get-login.js';
import type { LoginContext } from './login-context.js';
import { loginFailed, toUnauthorized } from './login-errors.js';
import { createLoginFetch } from './login-fetch.js';
import { MemoryTokenStore } from './memory-token-store.js';
import type { UpstreamOAuthOptions } from './oauth-options.js';
import { type LoginKey, loginKeyOf, type StoredLogin, type TokenStore } from './stored-login.js';

/** How a gateway logs in at the servers that have `oauth`. */
export interface UpstreamLoginOptions {
  /** Where logins of people are kept. Default: in memory. */
  readonly tokens?: TokenStore | undefined;
  /** Lets a person log in when a server asks for it. Default: nobody is asked, and requests fail with `UPSTREAM_LOGIN_REQUIRED`. */
  readonly askPerson?: AskPerson | undefined;
  readonly logger?: Logger | undefined;
}

/** At which server an `UpstreamLogin` logs in. */
export interface LoginTarget {
  /** The gateway's name for it. */
  readonly name: string;
  readonly url: string | URL;
  readonly oauth: UpstreamOAuthOptions;
}

/** A request that a server turned away, unread. */
interface Refusal {
  /** `rights`: the token is good, and not enough. */
  readonly reason: 'credentials' | 'rights';
  readonly challenge: string | undefined;
}

/** Logins that one request may cause: with what another process has stored, refreshed, granted anew, with more rights. */
const maxLogins = 4;

/** Milliseconds for which nobody is asked again after a person has not logged in. */
const pauseMs = 60_000;

/** The login at one server, for all sessions with it. */
export class UpstreamLogin {
  private readonly context: LoginContext;
  private readonly key: LoginKey;
  private readonly tokens: TokenStore;
  private readonly askPerson: AskPerson | undefined;
  private readonly logger: Logger;
  private readonly closing = new AbortController();
  private current: StoredLogin | undefined;
  private loading: Promise<void> | undefined;
  private renewing: Promise<GotLogin> | undefined;
  private lastFailure: { readonly error: unknown; readonly at: number } | undefined;

  constructor({ name, url, oauth }: LoginTarget, options: UpstreamLoginOptions) {
    const { signal } = this.closing;
    const server = new URL(url);
    this.context = { name, server, options: oauth, signal, fetchFn: createLoginFetch(server, signal) };
    this.key = loginKeyOf(server, oauth);
    // What needs no person need not be kept either.
    const isPersonal = oauth.grant !== 'client_credentials';
    this.tokens = (isPersonal ? options.tokens : undefined) ?? new MemoryTokenStore();
    this.askPerson = options.askPerson;
    this.logger = options.logger ?? silentLogger;
  }

  /** Sends each request with the token, and logs in when the server wants another one. @throws TransportError `UNAUTHORIZED` */
  readonly around: AroundRequest = async (request, send) => {
    try {
      await this.load();
      let login = this.current;
      let isGranted = false;
      for (let logins = 0; ; logins++) {
        const response = await send(withToken(request.headers, login));
        const refusal = readRefusal(response);
        // The end of a session is not worth a login.
        if (refusal === undefined || request.method === 'DELETE') return response;
        response.discard();
        if (logins === maxLogins || (isGranted && refusal.reason === 'credentials')) throw this.refuse();
        ({ login, isGranted } = await this.renew(refusal, login));
      }
    } catch (error) {
      throw toUnauthorized(error);
    }
  };

  /** Nobody waits for a login any more. */
  close(): void {
    this.closing.abort(loginFailed(this.context.name, 'the gateway does not need it any more'));
  }

  private async load(): Promise<void> {
    this.loading ??= this.tokens.load(this.key).then(
      (login) => {
        this.current = login;
      },
      (error: unknown) => {
        this.loading = undefined;
        throw error;
      },
    );
    await this.loading;
  }

  /** One login for all requests that were refused meanwhile. */
  private async renew(refusal: Refusal, refused: StoredLogin | undefined): Promise<GotLogin> {
    if (this.current !== undefined && this.current !== refused)
      return { login: this.current, isGranted: false };
    this.renewing ??= this.getAnother(refusal, refused).finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  private async getAnother(
    { reason, challenge }: Refusal,
    refused: StoredLogin | undefined,
  ): Promise<GotLogin> {
    const stored = await this.tokens.load(this.key);
    if (stored !== undefined && stored.accessToken !== refused?.accessToken) {
      this.current = stored;
      return { login: stored, isGranted: false };
    }
    const { getLogin, missingScopes } = await import('./get-login.js');
    const missing = reason === 'rights' ? missingScopes(challenge, refused) : [];
    if (reason === 'rights' && missing.length === 0)
      throw loginFailed(this.context.name, 'it lacks rights that the request needs, and that were asked for');
    const { askPerson } = this;
    let wasAsked = false;
    try {
      const got = await getLogin(this.context, {
        challenge,
        former: refused,
        missing,
        reload: () => this.tokens.load(this.key),
        askPerson:
          askPerson &&
          ((login) => {
            this.checkPause();
            wasAsked = true;
            this.logger.info(`server "${login.server}" asks for a login`);
            return askPerson(login);
          }),
      });
      this.current = got.login;
      await this.keep(got);
      return got;
    } catch (error) {
      if (wasAsked) this.lastFailure = { error, at: performance.now() };
      throw error;
    }
  }

  /** A person is not asked again and again. @throws what the last login failed with */
  private checkPause(): void {
    const { lastFailure } = this;
    if (lastFailure !== undefined && performance.now() - lastFailure.at < pauseMs) throw lastFailure.error;
  }

  private async keep({ login, isGranted }: GotLogin): Promise<void> {
    const { name } = this.context;
    this.logger.info(`server "${name}": ${isGranted ? 'logged in' : 'the login was renewed'}`);
    try {
      await this.tokens.save(this.key, login);
    } catch (error) {
      this.logger.error(
        `server "${name}": the login is lost with the end of this process: ${describeError(error)}`,
      );
    }
  }

  private refuse(): FrameworkError {
    const error = loginFailed(this.context.name, 'it refuses the token that was issued for it just now');
    this.lastFailure = { error, at: performance.now() };
    return error;
  }
}

function withToken(
  headers: Readonly<Record<string, string>>,
  login: StoredLogin | undefined,
): Readonly<Record<string, string>> {
  return login === undefined ? headers : { ...headers, authorization: `Bearer ${login.accessToken}` };
}

/** Whether a server wants a login, or one with more rights: nothing else is answered with another token. */
function readRefusal({ statusCode, headers }: HttpResponse): Refusal | undefined {
  const challenge = headers['www-authenticate'];
  if (statusCode === 401) return { reason: 'credentials', challenge };
  const lacksRights =
    statusCode === 403 && challenge !== undefined && /\binsufficient_scope\b/.test(challenge);
  return lacksRights ? { reason: 'rights', challenge } : undefined;
}
