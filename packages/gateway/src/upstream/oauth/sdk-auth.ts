// What the gateway takes of the SDK; nothing else imports it, and this is loaded when a server first asks for a login.
export {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  exchangeAuthorization,
  extractWWWAuthenticateParams,
  fetchToken,
  refreshAuthorization,
  registerClient,
  startAuthorization,
} from '@modelcontextprotocol/sdk/client/auth.js';
export { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
export { OAuthError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
export {
  checkResourceAllowed,
  resourceUrlFromServerUrl,
} from '@modelcontextprotocol/sdk/shared/auth-utils.js';
export type {
  AuthorizationServerMetadata,
  OAuthClientInformationMixed,
  OAuthProtectedResourceMetadata,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';
