import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpRefusalName, refuse } from './http-refusal.js';

/** A client whose identity is verified. */
export interface AuthenticatedClient {
  /** Whom sessions belong to: the same text for the same person or program, another for any other. */
  readonly principal: string;
  /** What else is known of it, for `onSession`; as it was when the session was opened. */
  readonly details?: unknown;
}

/** Why a request is refused, and what its sender is told. */
export interface AuthenticationRefusal {
  readonly refusal: Extract<HttpRefusalName, 'unauthorized' | 'forbidden' | 'authenticationUnavailable'>;
  /** Takes the place of the usual sentence; it goes to the sender. */
  readonly message?: string | undefined;
  /** Header fields of the answer, such as `www-authenticate`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What `authenticate` answers. */
export type Authentication = AuthenticatedClient | AuthenticationRefusal;

/** Decides who sends a request. It is asked for every request, before the body is read; when it fails, the request is refused. */
export type Authenticate = (request: IncomingMessage) => Authentication | Promise<Authentication>;

/** Whether a request is refused. */
export function isRefused(authentication: Authentication): authentication is AuthenticationRefusal {
  return 'refusal' in authentication;
}

/** Answers a request that `authenticate` refused. */
export function refuseUnauthenticated(
  response: ServerResponse,
  { refusal, message, headers = {} }: AuthenticationRefusal,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  refuse(response, refusal, { message });
}
