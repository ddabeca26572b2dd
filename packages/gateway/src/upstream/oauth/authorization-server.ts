import { shownText } from './describe-failure.js';
import type { LoginContext } from './login-context.js';
import { type LoginFetch, mayGetSecrets } from './login-fetch.js';
import {
  type AuthorizationServerMetadata,
  checkResourceAllowed,
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
  type OAuthProtectedResourceMetadata,
  resourceUrlFromServerUrl,
} from './sdk-auth.js';

/** Whom a login asks, and for what. */
export interface AuthorizationServer {
  readonly url: string;
  /** What every request to it takes. */
  readonly common: {
    /** Left out where it has none: its endpoints then are where they were before there was metadata. */
    readonly metadata?: AuthorizationServerMetadata;
    /** What the tokens are for (RFC 8707). */
    readonly resource: string | URL;
    readonly fetchFn: LoginFetch;
  };
  /** Scopes that the MCP server names: in its challenge, otherwise in its metadata. */
  readonly scopes: readonly string[] | undefined;
}

/** Finds the authorization server of an MCP server. @param challenge its `WWW-Authenticate`, if it has answered 401 */
export async function findAuthorizationServer(
  { server, options, fetchFn }: LoginContext,
  challenge: string | undefined,
): Promise<AuthorizationServer> {
  checkAddress(server.href, server);
  const { resourceMetadataUrl, scope } = readChallenge(challenge);
  const described = await fetchResourceMetadata(server, resourceMetadataUrl, fetchFn);
  if (described !== undefined) checkResource(server, described);
  const url = options.issuer ?? described?.authorization_servers?.[0] ?? new URL('/', server).href;
  checkAddress(url, server);
  const metadata = await discoverAuthorizationServerMetadata(url, { fetchFn });
  if (metadata !== undefined) checkMetadata(url, metadata, server);
  return {
    url,
    common: {
      ...(metadata !== undefined && { metadata }),
      resource: described?.resource ?? resourceUrlFromServerUrl(server),
      fetchFn,
    },
    scopes: scope?.split(' ') ?? described?.scopes_supported,
  };
}

/** The fields of a `WWW-Authenticate` header. */
export function readChallenge(
  challenge: string | undefined,
): ReturnType<typeof extractWWWAuthenticateParams> {
  if (challenge === undefined) return {};
  return extractWWWAuthenticateParams(new Response(null, { headers: { 'www-authenticate': challenge } }));
}

/** A server that says where its metadata is must have it there; others may have none. */
async function fetchResourceMetadata(
  server: URL,
  resourceMetadataUrl: URL | undefined,
  fetchFn: LoginContext['fetchFn'],
): Promise<OAuthProtectedResourceMetadata | undefined> {
  if (resourceMetadataUrl !== undefined)
    return discoverOAuthProtectedResourceMetadata(server, { resourceMetadataUrl }, fetchFn);
  try {
    return await discoverOAuthProtectedResourceMetadata(server, {}, fetchFn);
  } catch {
    return undefined;
  }
}

function checkResource(server: URL, { resource }: OAuthProtectedResourceMetadata): void {
  if (checkResourceAllowed({ requestedResource: server, configuredResource: resource })) return;
  throw new Error(`the server calls itself ${shownText(resource)}, which is not its address`);
}

/**
 * A server must not pass for another one: a code of that one would come here.
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3.3
 */
function checkMetadata(url: string, metadata: AuthorizationServerMetadata, server: URL): void {
  if (!isSameIssuer(metadata.issuer, url))
    throw new Error(
      `the authorization server ${shownText(url)} calls itself ${shownText(metadata.issuer)}; if that one is meant, write it as \`issuer\``,
    );
  const {
    authorization_endpoint: authorization,
    token_endpoint: token,
    registration_endpoint: registration,
  } = metadata;
  for (const endpoint of [authorization, token, registration])
    if (endpoint !== undefined) checkAddress(endpoint, server);
}

function checkAddress(address: string, server: URL): void {
  if (!mayGetSecrets(address, server))
    throw new Error(
      `${shownText(new URL(address).origin)} is neither https nor, as the server itself, on this machine`,
    );
}

/** Whether two issuers are one; a slash at the end is often lost. */
export function isSameIssuer(left: string, right: string): boolean {
  return left.replace(/\/$/, '') === right.replace(/\/$/, '');
}
