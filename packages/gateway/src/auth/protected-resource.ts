import type { GatewayAuthOptions } from './auth-schema.js';

/**
 * Where clients find out whom to ask for a token: this path, followed by that of the endpoint.
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-3
 */
export const resourceMetadataPath = '/.well-known/oauth-protected-resource';

/** What a protected resource says of itself. */
export interface ResourceMetadata {
  readonly resource: string;
  readonly authorization_servers: readonly string[];
  readonly scopes_supported?: readonly string[] | undefined;
  readonly bearer_methods_supported: readonly ['header'];
}

/** The endpoints of a gateway as resources that tokens are asked for. */
export class ProtectedResource {
  private readonly base: URL;
  private readonly issuers: readonly string[];
  private readonly scopes: readonly string[];

  /** @param baseUrl address by which clients know the gateway */
  constructor({ jwt = [] }: GatewayAuthOptions, baseUrl: URL) {
    this.base = baseUrl;
    this.issuers = jwt.map(({ issuer }) => issuer);
    this.scopes = [...new Set(jwt.flatMap(({ scopes = [] }) => scopes))];
  }

  /** The metadata of an endpoint. Undefined: there are only keys, which nobody hands out over the net. */
  metadataOf(endpointPath: string): ResourceMetadata | undefined {
    if (this.issuers.length === 0) return undefined;
    return {
      resource: new URL(this.pathOf(endpointPath), this.base).href,
      authorization_servers: this.issuers,
      scopes_supported: this.scopes.length === 0 ? undefined : this.scopes,
      bearer_methods_supported: ['header'],
    };
  }

  /**
   * `WWW-Authenticate` of a refusal.
   * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#protected-resource-metadata-discovery-requirements
   */
  challengeFor(
    endpointPath: string,
    problem?: { readonly error: string; readonly description: string },
  ): string {
    const parameters: string[] = [];
    if (problem !== undefined) {
      parameters.push(`error="${problem.error}"`, `error_description="${problem.description}"`);
    }
    if (this.issuers.length > 0) {
      if (this.scopes.length > 0) parameters.push(`scope="${this.scopes.join(' ')}"`);
      const url = new URL(resourceMetadataPath + this.pathOf(endpointPath), this.base).href;
      parameters.push(`resource_metadata="${url}"`);
    }
    return parameters.length === 0 ? 'Bearer' : `Bearer ${parameters.join(', ')}`;
  }

  /** The path of an endpoint as clients see it, behind whatever proxy. */
  private pathOf(endpointPath: string): string {
    const prefix = this.base.pathname.replace(/\/$/, '');
    return `${prefix}${endpointPath}`;
  }
}
