import type { IncomingMessage } from 'node:http';
import { type Logger, silentLogger } from '@mcpplugins/framework-core';
import type { AuthenticationRefusal } from '@mcpplugins/mcp-transport';
import type { GatewayAuthOptions } from './auth-schema.js';
import { issuerOf } from './issuer-of.js';
import type { IdentifiedClient } from './identity.js';
import { KeyRing } from './key-ring.js';
import { ProtectedResource, type ResourceMetadata } from './protected-resource.js';
import { TokenVerifier } from './token-verifier.js';

/** Characters that credentials may have; more are not looked at. */
const maxCredentialLength = 16_384;

/** Says who sends a request, by the keys and issuers of a configuration. */
export class Authenticator {
  private readonly keys: KeyRing;
  private readonly verifiers: ReadonlyMap<string, TokenVerifier>;
  private readonly logger: Logger;
  private readonly options: GatewayAuthOptions;
  private resource: ProtectedResource;

  /** @param baseUrl where the gateway listens, until `publicUrl` says otherwise */
  constructor(options: GatewayAuthOptions, baseUrl: URL, logger: Logger = silentLogger) {
    const { keys = [], jwt = [], publicUrl } = options;
    this.options = options;
    this.keys = new KeyRing(keys);
    this.verifiers = new Map(jwt.map((one) => [one.issuer, new TokenVerifier(one)]));
    this.resource = new ProtectedResource(options, new URL(publicUrl ?? baseUrl));
    this.logger = logger;
  }

  /** The gateway listens now, at this address. */
  listensAt(baseUrl: URL): void {
    this.resource = new ProtectedResource(this.options, new URL(this.options.publicUrl ?? baseUrl));
  }

  /** What an endpoint says of itself to clients without a token. */
  metadataOf(endpointPath: string): ResourceMetadata | undefined {
    return this.resource.metadataOf(endpointPath);
  }

  /** @param endpointPath of the endpoint that the request is for */
  async authenticate(
    request: IncomingMessage,
    endpointPath: string,
  ): Promise<IdentifiedClient | AuthenticationRefusal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return this.unauthorized(endpointPath);
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > maxCredentialLength) {
      return this.unauthorized(endpointPath, 'the Authorization header has no bearer token');
    }
    const known = this.keys.find(token);
    if (known === 'expired') return this.unauthorized(endpointPath, 'the key has expired');
    return known ?? this.verify(token, endpointPath);
  }

  private async verify(
    token: string,
    endpointPath: string,
  ): Promise<IdentifiedClient | AuthenticationRefusal> {
    if (this.verifiers.size === 0) return this.unauthorized(endpointPath, 'the key is unknown');
    const issuer = issuerOf(token);
    const verifier = issuer === undefined ? undefined : this.verifiers.get(issuer);
    if (verifier === undefined) {
      const problem =
        issuer === undefined ? 'neither a known key nor a token' : 'the issuer is not trusted here';
      return this.unauthorized(endpointPath, problem);
    }
    const verdict = await verifier.verify(token);
    if ('principal' in verdict) return verdict;
    if ('invalid' in verdict) return this.unauthorized(endpointPath, verdict.invalid);
    if ('missingScopes' in verdict) return this.insufficient(endpointPath);
    this.logger.error(`the keys of "${verifier.issuer}" cannot be fetched: ${verdict.unavailable}`);
    return { refusal: 'authenticationUnavailable' };
  }

  private unauthorized(endpointPath: string, description?: string): AuthenticationRefusal {
    const problem = description === undefined ? undefined : { error: 'invalid_token', description };
    return {
      refusal: 'unauthorized',
      message: `Unauthorized: ${description ?? 'send a bearer token'}`,
      headers: { 'www-authenticate': this.resource.challengeFor(endpointPath, problem) },
    };
  }

  private insufficient(endpointPath: string): AuthenticationRefusal {
    const problem = { error: 'insufficient_scope', description: 'the token lacks a scope' };
    return {
      refusal: 'forbidden',
      message: 'Forbidden: the token lacks a scope',
      headers: { 'www-authenticate': this.resource.challengeFor(endpointPath, problem) },
    };
  }
}
