import { z } from 'zod';
import { isKeyHash } from './key-hash.js';

const text = z.string().min(1);

/**
 * Signatures that a token may have. All are made with a private key: whoever can read a public key set cannot make tokens.
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
const tokenAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const key = z.strictObject({
  /** What the key is called in logs; one name, one client. */
  name: text,
  /** What `mcpplugins key` prints. The key itself stands nowhere. */
  hash: z.string().refine(isKeyHash, 'is no hash of a key: make one with `mcpplugins key`'),
  /** Default: the name. */
  user: text.optional(),
  tenantId: text.optional(),
  groups: z.array(text).optional(),
  /** Day or time from which the key is refused, such as `2027-01-31`. */
  expires: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)), 'is no date such as 2027-01-31')
    .optional(),
});

const issuer = z.strictObject({
  /** Exactly what tokens say in `iss`. */
  issuer: text,
  /** What tokens must name in `aud`: this gateway, and nothing that other services accept too. */
  audience: z.union([text, z.array(text).min(1)]),
  /** Where the issuer publishes its keys: `https:`, or `http:` on this machine. */
  jwksUri: z.string().refine(isSafeKeyUrl, 'must be a https URL, or http on this machine'),
  /** Default: `RS256`, `PS256`, `ES256` and `EdDSA`. */
  algorithms: z.array(z.enum(tokenAlgorithms)).min(1).optional(),
  /** Seconds that clocks may differ. Default 5. */
  clockTolerance: z.number().min(0).max(300).optional(),
  /** Scopes that every token must have. */
  scopes: z.array(text).optional(),
  /** Claims to read the identity from: a name, or a JSON pointer such as `/realm_access/roles`. */
  claims: z
    .strictObject({
      /** Default `sub`. */
      user: text.optional(),
      /** Default `tenant_id`. */
      tenant: text.optional(),
      /** Default `groups`. */
      groups: text.optional(),
      /** Default `roles`. */
      roles: text.optional(),
    })
    .optional(),
});

/** `gateway.auth` of a configuration, in TypeScript spelling: who may use a gateway on HTTP. */
export const gatewayAuthSchema = z
  .strictObject({
    /** Keys that clients send as `Authorization: Bearer …`. */
    keys: z.array(key).optional(),
    /** Issuers of tokens (JWT). */
    jwt: z.array(issuer).optional(),
    /** Address by which clients know the gateway, such as `https://mcp.example`. Default: where it listens. */
    publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  })
  .superRefine(({ keys = [], jwt = [] }, context) => {
    if (keys.length + jwt.length === 0) {
      context.addIssue({ code: 'custom', message: 'names neither keys nor issuers: nobody could come in' });
    }
    refuseDoubles(
      keys.map(({ name }) => name),
      'keys',
      'name',
      context,
    );
    refuseDoubles(
      keys.map(({ hash }) => hash),
      'keys',
      'hash',
      context,
    );
    refuseDoubles(
      jwt.map((one) => one.issuer),
      'jwt',
      'issuer',
      context,
    );
  });

/** Who may use a gateway on HTTP, as a program writes it. */
export type GatewayAuthOptions = z.input<typeof gatewayAuthSchema>;

/** One key. */
export type KeyOptions = z.input<typeof key>;

/** One issuer of tokens. */
export type IssuerOptions = z.input<typeof issuer>;

function refuseDoubles(
  values: readonly string[],
  list: string,
  field: string,
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    if (seen.has(value)) {
      context.addIssue({ code: 'custom', path: [list, index, field], message: 'stands here twice' });
    }
    seen.add(value);
  });
}

function isSafeKeyUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}
