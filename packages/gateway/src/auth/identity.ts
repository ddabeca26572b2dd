import type { GlobalContextInput } from '@mcpplugins/framework-core';
import type { AuthenticatedClient } from '@mcpplugins/mcp-transport';

/** Who a client is, as a host says it to plugins. */
export type Identity = Pick<GlobalContextInput, 'user' | 'tenantId' | 'userContext'>;

/** A client that an authenticator let in: its identity is what conditions compare and plugins see. */
export interface IdentifiedClient extends AuthenticatedClient {
  readonly details: Identity;
  /** What found out who it is: `key`, `jwt`, `plugin`. */
  readonly authMethod?: string | undefined;
}

/**
 * Makes a client of an identity. A session belongs to all of it: whoever comes back in other groups, or from another
 * tenant, needs a new one, so that no session keeps rights that its owner has lost.
 * @param source where the identity comes from: names that are equal in two sources are two principals
 */
export function identify(source: readonly string[], identity: Identity): IdentifiedClient {
  const { user, tenantId, userContext } = identity;
  const rights = [userContext?.groups, userContext?.roles].map((names = []) => names.toSorted());
  const admin = userContext?.isAdmin ?? null;
  const principal = JSON.stringify([source, user, tenantId ?? null, rights, admin]);
  return { principal, details: identity, authMethod: source[0] };
}

/** What found out who a client is, if it says. */
export function authMethodOf(client: AuthenticatedClient | undefined): string | undefined {
  const { authMethod }: { readonly authMethod?: unknown } = { authMethod: undefined, ...client };
  return typeof authMethod === 'string' ? authMethod : undefined;
}

/** The identity of a client: that which an authenticator of this package found, else its principal. */
export function identityOf(client: AuthenticatedClient | undefined): Identity | undefined {
  if (client === undefined) return undefined;
  return isIdentity(client.details) ? client.details : { user: client.principal };
}

function isIdentity(details: unknown): details is Identity {
  return typeof details === 'object' && details !== null && 'user' in details;
}

/** A client where nobody asks who it is. */
export const anonymous: IdentifiedClient = Object.freeze({ principal: '', details: { user: undefined } });
