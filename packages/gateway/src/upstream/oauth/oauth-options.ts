/** How the gateway gets a token for a server that asks for OAuth. Without any of it: by dynamic registration, if the server has that. */
export interface UpstreamOAuthOptions {
  /** Id of a client that is registered with the authorization server. Default: it registers itself. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** An https URL at which what this client is stands, for authorization servers that take such a URL for an id. */
  readonly clientMetadataUrl?: string | undefined;
  /** Scopes to ask for. Default: those that the server names. */
  readonly scopes?: readonly string[] | undefined;
  /** `authorization_code` lets a person log in, `client_credentials` needs nobody. Default `authorization_code`. */
  readonly grant?: 'authorization_code' | 'client_credentials' | undefined;
  /** How the client shows its secret. Default: what the authorization server takes. */
  readonly tokenEndpointAuthMethod?: 'client_secret_basic' | 'client_secret_post' | 'none' | undefined;
  /** Port on this machine to which a person's browser comes back. Default: any free one. */
  readonly redirectPort?: number | undefined;
  /** The issuer to get tokens from, whichever the server names. */
  readonly issuer?: string | undefined;
}
