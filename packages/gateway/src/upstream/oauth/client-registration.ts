import type { AuthorizationServer } from './authorization-server.js';
import type { LoginContext } from './login-context.js';
import type { UpstreamOAuthOptions } from './oauth-options.js';
import { type OAuthClientInformationMixed, registerClient } from './sdk-auth.js';
import type { StoredLogin } from './stored-login.js';

/** The client of the configuration, if one is registered. Its secret is never stored. */
export function configuredClient(options: UpstreamOAuthOptions): OAuthClientInformationMixed | undefined {
  const { clientId, clientSecret, tokenEndpointAuthMethod } = options;
  if (clientId === undefined) return undefined;
  return toInformation({ id: clientId, secret: clientSecret, tokenEndpointAuthMethod });
}

/** The client for which a login was made. */
export function clientOf(
  options: UpstreamOAuthOptions,
  login: StoredLogin,
): OAuthClientInformationMixed | undefined {
  return configuredClient(options) ?? (login.client === undefined ? undefined : toInformation(login.client));
}

/** What is kept of a client that is not in the configuration. */
export function storedClient(
  options: UpstreamOAuthOptions,
  information: OAuthClientInformationMixed,
): StoredLogin['client'] {
  if (options.clientId !== undefined) return undefined;
  const method =
    'token_endpoint_auth_method' in information ? information.token_endpoint_auth_method : undefined;
  return {
    id: information.client_id,
    ...(information.client_secret !== undefined && { secret: information.client_secret }),
    ...(method !== undefined && { tokenEndpointAuthMethod: method }),
  };
}

/** The client that a person logs in with: the configured one, the URL of its metadata, or one that is registered for this login. */
export async function chooseClient(
  { options }: LoginContext,
  { url, common }: AuthorizationServer,
  { redirectUrl, scopes }: { readonly redirectUrl: URL; readonly scopes: readonly string[] },
): Promise<OAuthClientInformationMixed> {
  const configured = configuredClient(options);
  if (configured !== undefined) return configured;
  const { metadata } = common;
  if (options.clientMetadataUrl !== undefined && metadata?.client_id_metadata_document_supported === true)
    return { client_id: options.clientMetadataUrl };
  if (metadata !== undefined && metadata.registration_endpoint === undefined)
    throw new Error(
      `${url} lets no client register itself: register one there and configure its \`client_id\``,
    );
  return registerClient(url, {
    ...common,
    ...scopeOf(scopes),
    clientMetadata: {
      client_name: 'mcpplugins gateway',
      redirect_uris: [redirectUrl.href],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method:
        options.tokenEndpointAuthMethod ?? methodFor(metadata?.token_endpoint_auth_methods_supported),
    },
  });
}

/** The scopes as a parameter; none where there are none. */
export function scopeOf(scopes: readonly string[]): { readonly scope?: string } {
  return scopes.length === 0 ? {} : { scope: scopes.join(' ') };
}

/** A program on somebody's machine keeps no secret; some authorization servers want it to have one all the same. */
function methodFor(supported: readonly string[] = ['none']): string {
  return (
    ['none', 'client_secret_basic', 'client_secret_post'].find((method) => supported.includes(method)) ??
    'none'
  );
}

function toInformation(client: NonNullable<StoredLogin['client']>): OAuthClientInformationMixed {
  const { id, secret, tokenEndpointAuthMethod } = client;
  return {
    client_id: id,
    ...(secret !== undefined && { client_secret: secret }),
    ...(tokenEndpointAuthMethod !== undefined && { token_endpoint_auth_method: tokenEndpointAuthMethod }),
  } as OAuthClientInformationMixed;
}
