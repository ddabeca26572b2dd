import type { LoginFetch } from './login-fetch.js';
import type { UpstreamOAuthOptions } from './oauth-options.js';

/** At which server a login is, and how. */
export interface LoginContext {
  /** The gateway's name for the server. */
  readonly name: string;
  readonly server: URL;
  readonly options: UpstreamOAuthOptions;
  readonly fetchFn: LoginFetch;
  /** Fires when nobody waits for the login any more. */
  readonly signal: AbortSignal;
}
