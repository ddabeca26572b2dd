import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { UpstreamOAuthOptions } from './oauth-options.js';

/** For what a login holds: one address of a server, and one client. */
export const loginKeySchema = z.strictObject({
  /** Address of the MCP server, without a fragment. */
  server: z.string(),
  /** Id of the client, or the URL of its metadata; `dynamic` for one that registers itself. */
  client: z.string(),
  /** The authorization server of the configuration, if it names one. */
  issuer: z.string().optional(),
});

/** For what a login holds. A token never goes to another server than this one. */
export type LoginKey = Readonly<z.output<typeof loginKeySchema>>;

/** What is kept of a login. */
export const storedLoginSchema = z.strictObject({
  /** The authorization server that issued the tokens: a refresh token goes to no other. */
  authorizationServer: z.string(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** Scopes that were asked for. */
  scopes: z.array(z.string()).readonly(),
  /** The client for which the tokens were issued, when it is not in the configuration. */
  client: z
    .strictObject({
      id: z.string(),
      secret: z.string().optional(),
      tokenEndpointAuthMethod: z.string().optional(),
    })
    .optional(),
});

/** What is kept of a login. All of it is secret. */
export type StoredLogin = Readonly<z.output<typeof storedLoginSchema>>;

/** Keeps logins. */
export interface TokenStore {
  load(key: LoginKey): Promise<StoredLogin | undefined>;
  save(key: LoginKey, login: StoredLogin): Promise<void>;
  /** Resolves with whether there was one. */
  remove(key: LoginKey): Promise<boolean>;
}

/** Under what the login for a server is kept. */
export function loginKeyOf(serverUrl: string | URL, options: UpstreamOAuthOptions): LoginKey {
  const server = new URL(serverUrl);
  server.hash = '';
  return {
    server: server.href,
    client: options.clientId ?? options.clientMetadataUrl ?? 'dynamic',
    ...(options.issuer !== undefined && { issuer: options.issuer }),
  };
}

/** A short text that is the same for equal keys only. */
export function fingerprintOf({ server, client, issuer }: LoginKey): string {
  const parts = JSON.stringify([server, client, issuer ?? null]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}
