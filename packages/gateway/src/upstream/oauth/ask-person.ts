/** A login for which a person is needed. */
export interface PersonalLogin {
  /** The gateway's name for the server. */
  readonly server: string;
  /** Port of this machine to which the person's browser must come back. Default: any. */
  readonly redirectPort: number | undefined;
  /**
   * Begins the login. The person opens the URL that it resolves with, and comes back to `redirectUrl`, whose query then is the answer.
   * May be called once.
   */
  readonly begin: (redirectUrl: URL) => Promise<URL>;
  /** Fires when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** What the authorization server let the person's browser bring back. */
export interface LoginAnswer {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly iss?: string | undefined;
  /** Why there is no code. */
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
}

/**
 * Lets a person log in, and resolves with what the browser brought back, unread: the gateway checks it. Rejects when nobody did in time.
 */
export type AskPerson = (login: PersonalLogin) => Promise<LoginAnswer>;

/** The answer in the URL to which a browser came back. */
export function readLoginAnswer({ searchParams }: URL): LoginAnswer {
  const read = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  return {
    code: read('code'),
    state: read('state'),
    iss: read('iss'),
    error: read('error'),
    errorDescription: read('error_description'),
  };
}
