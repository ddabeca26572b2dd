import { randomBytes } from 'node:crypto';
import type { AskPerson, LoginAnswer } from './ask-person.js';
import { type AuthorizationServer, isSameIssuer } from './authorization-server.js';
import { chooseClient, clientOf, configuredClient, scopeOf, storedClient } from './client-registration.js';
import { shownText } from './describe-failure.js';
import type { LoginContext } from './login-context.js';
import type { LoginFetch } from './login-fetch.js';
import {
  ClientCredentialsProvider,
  exchangeAuthorization,
  fetchToken,
  type OAuthClientInformationMixed,
  OAuthError,
  type OAuthTokens,
  refreshAuthorization,
  startAuthorization,
} from './sdk-auth.js';
import type { StoredLogin } from './stored-login.js';

/** Lets a person log in: authorization code with PKCE. */
export async function logInByPerson(
  context: LoginContext,
  authorizationServer: AuthorizationServer,
  { scopes, askPerson }: { readonly scopes: readonly string[]; readonly askPerson: AskPerson },
): Promise<StoredLogin> {
  const { name, options, signal } = context;
  const { url, common } = authorizationServer;
  const state = randomBytes(32).toString('base64url');
  let begun: (Begun & { readonly redirectUrl: URL }) | undefined;
  const answer = await askPerson({
    server: name,
    redirectPort: options.redirectPort,
    signal,
    begin: async (redirectUrl) => {
      if (begun !== undefined) throw new Error('a login can be begun once');
      begun = { redirectUrl, ...(await begin(context, authorizationServer, { scopes, redirectUrl, state })) };
      return begun.authorizationUrl;
    },
  });
  if (begun === undefined) throw new Error('nobody was asked');
  const authorizationCode = readCode(answer, state, authorizationServer);
  const { clientInformation, codeVerifier, redirectUrl } = begun;
  const tokens = await exchangeAuthorization(url, {
    ...common,
    clientInformation,
    authorizationCode,
    codeVerifier,
    redirectUri: redirectUrl,
  });
  return toLogin(tokens, { url, scopes, client: storedClient(options, clientInformation) });
}

interface Begun {
  readonly clientInformation: OAuthClientInformationMixed;
  readonly authorizationUrl: URL;
  readonly codeVerifier: string;
}

interface Beginning {
  readonly scopes: readonly string[];
  readonly redirectUrl: URL;
  readonly state: string;
}

async function begin(
  context: LoginContext,
  authorizationServer: AuthorizationServer,
  { scopes, redirectUrl, state }: Beginning,
): Promise<Begun> {
  const { url, common } = authorizationServer;
  const clientInformation = await chooseClient(context, authorizationServer, { redirectUrl, scopes });
  const started = await startAuthorization(url, {
    ...common,
    ...scopeOf(scopes),
    clientInformation,
    redirectUrl,
    state,
  });
  return { clientInformation, ...started };
}

/**
 * The code in an answer, if the answer is one to what was asked and comes from whom was asked.
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
function readCode(
  { code, state: answered, iss, error, errorDescription }: LoginAnswer,
  state: string,
  { url, common: { metadata } }: AuthorizationServer,
): string {
  if (answered !== state) throw new Error('the browser came back with another `state` than it was sent with');
  const { authorization_response_iss_parameter_supported: saysIssuer } = (metadata ?? {}) as {
    readonly authorization_response_iss_parameter_supported?: unknown;
  };
  const isFromIssuer = iss === undefined ? saysIssuer !== true : isIssuer(iss, url, metadata?.issuer);
  if (!isFromIssuer) throw new Error('the browser came back from another authorization server (`iss`)');
  if (error !== undefined) {
    const text = errorDescription === undefined ? '' : `: ${shownText(errorDescription)}`;
    throw new Error(
      error === 'access_denied'
        ? `access was denied${text}`
        : `the authorization server answered \`${shownText(error)}\`${text}`,
    );
  }
  if (code === undefined || code === '') throw new Error('the browser came back without a code');
  return code;
}

/** The issuer of the metadata as it is written there; without metadata only its address is known. */
function isIssuer(iss: string, url: string, issuer: string | undefined): boolean {
  return issuer === undefined ? isSameIssuer(iss, url) : iss === issuer;
}

/** Gets a token for the client itself, without a person. */
export async function logInByClient(
  { options }: LoginContext,
  { url, common }: AuthorizationServer,
  scopes: readonly string[],
): Promise<StoredLogin> {
  const client = configuredClient(options);
  const provider = new ClientCredentialsProvider({
    clientId: options.clientId ?? '',
    clientSecret: options.clientSecret ?? '',
    expectedIssuer: url,
    ...scopeOf(scopes),
  });
  if (client !== undefined) provider.saveClientInformation(client);
  const tokens = await fetchToken(provider, url, common);
  return toLogin(tokens, { url, scopes, client: undefined });
}

/** Gets new tokens with the refresh token of a login; nothing when the authorization server takes it no longer, or is another one. */
export async function refreshLogin(
  { options }: LoginContext,
  { url, common }: AuthorizationServer,
  login: StoredLogin,
): Promise<StoredLogin | undefined> {
  const clientInformation = clientOf(options, login);
  const { refreshToken, scopes } = login;
  if (refreshToken === undefined || clientInformation === undefined) return undefined;
  if (!isSameIssuer(login.authorizationServer, url)) return undefined;
  let status = 0;
  const fetchFn: LoginFetch = async (...request) => {
    const response = await common.fetchFn(...request);
    ({ status } = response);
    return response;
  };
  try {
    const tokens = await refreshAuthorization(url, { ...common, fetchFn, clientInformation, refreshToken });
    return toLogin(tokens, { url, scopes, client: login.client });
  } catch (error) {
    // Not by its code: there are many of their own for an old token, and the SDK makes `server_error` of those that it does not know.
    if (error instanceof OAuthError && isRefusal(status)) return undefined;
    throw error;
  }
}

/** Whether a status says no, and not that the server has trouble or is too busy. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function toLogin(
  { access_token: accessToken, refresh_token: refreshToken, token_type: type }: OAuthTokens,
  { url, scopes, client }: Pick<StoredLogin, 'scopes' | 'client'> & { readonly url: string },
): StoredLogin {
  if (type.toLowerCase() !== 'bearer')
    throw new Error(`a token of the type \`${shownText(type)}\` is of no use here`);
  return {
    authorizationServer: url,
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    scopes,
    ...(client !== undefined && { client }),
  };
}
