import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { IssuerOptions } from './auth-schema.js';
import { fetchKeys } from './fetch-keys.js';
import { type IdentifiedClient, identify } from './identity.js';
import { identityIn, scopesIn } from './token-claims.js';

/** What became of a token. */
export type TokenVerdict =
  | IdentifiedClient
  /** It is not good. */
  | { readonly invalid: string }
  /** It is good, for less. */
  | { readonly missingScopes: readonly string[] }
  /** Nobody can say: the keys of its issuer are not to be had. */
  | { readonly unavailable: string };

const defaultAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Milliseconds: for one fetch of a key set, between two fetches because of an unknown key, and until a set is fetched anew. */
const fetchTimeoutMs = 5000;
const cooldownMs = 30_000;
const maxAgeMs = 600_000;

/**
 * Verifies the tokens of one issuer.
 * @see https://www.rfc-editor.org/rfc/rfc8725
 */
export class TokenVerifier {
  readonly issuer: string;
  private readonly options: IssuerOptions;
  private getKey: Promise<JWTVerifyGetKey> | undefined;

  constructor(options: IssuerOptions) {
    this.options = options;
    this.issuer = options.issuer;
  }

  async verify(token: string): Promise<TokenVerdict> {
    const { audience, algorithms = defaultAlgorithms, clockTolerance = 5 } = this.options;
    const { jwtVerify } = await import('jose');
    this.getKey ??= createKeySource(this.options.jwksUri);
    try {
      const { payload } = await jwtVerify(token, await this.getKey, {
        issuer: this.issuer,
        audience: typeof audience === 'string' ? audience : [...audience],
        algorithms: [...algorithms],
        clockTolerance,
        requiredClaims: ['exp'],
      });
      return this.admit(payload);
    } catch (error) {
      return explain(error);
    }
  }

  private admit(payload: JWTPayload): TokenVerdict {
    const { scopes = [], claims } = this.options;
    const given = scopesIn(payload);
    if (scopes.some((scope) => !given.includes(scope))) return { missingScopes: scopes };
    const identity = identityIn(payload, claims);
    if (identity === undefined) return { invalid: 'the token names no user' };
    return identify(['jwt', this.issuer, payload.sub ?? ''], identity);
  }
}

async function createKeySource(uri: string): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, customFetch } = await import('jose');
  return createRemoteJWKSet(new URL(uri), {
    timeoutDuration: fetchTimeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    [customFetch]: fetchKeys,
  });
}

/** Codes of `jose` that say something of the token, and what its sender is told. All others are about the key set. */
const tokenProblems: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'the token has expired',
  ERR_JWT_INVALID: 'the token is malformed',
  ERR_JWS_INVALID: 'the token is malformed',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'the signature of the token is wrong',
  ERR_JOSE_ALG_NOT_ALLOWED: 'the token is signed by an algorithm that is not allowed here',
  ERR_JOSE_NOT_SUPPORTED: 'the token is of a kind that is not supported',
  ERR_JWKS_NO_MATCHING_KEY: 'the token is signed with an unknown key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'the token does not say with which key it is signed',
};

const claimProblems: Readonly<Record<string, string>> = {
  aud: 'the token is for another audience',
  exp: 'the token does not say when it expires',
  nbf: 'the token is not valid yet',
};

function explain(error: unknown): TokenVerdict {
  const { code, claim, message } = (error ?? {}) as { code?: unknown; claim?: unknown; message?: unknown };
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    return { invalid: claimProblems[String(claim)] ?? 'a claim of the token is wrong' };
  }
  const problem = typeof code === 'string' ? tokenProblems[code] : undefined;
  return problem === undefined ? { unavailable: String(message ?? error) } : { invalid: problem };
}
