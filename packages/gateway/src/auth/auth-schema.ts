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
  name: text.describe('What the key is called in logs; one name, one client.'),
  hash: z
    .string()
    .refine(isKeyHash, 'is no hash of a key: make one with `mcpplugins key`')
    .describe('Hash of the key, which itself stands nowhere: both come from `mcpplugins key`.'),
  user: text.describe('Who the client is. Default: the name.').optional(),
  tenantId: text.describe('Tenant of the client. Default: none.').optional(),
  groups: z.array(text).describe('Groups of the client. Default: none.').optional(),
  expires: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)), 'is no date such as 2027-01-31')
    .describe('Day or time from which the key is refused, such as 2027-01-31. Default: never.')
    .optional(),
});

const issuer = z.strictObject({
  issuer: text.describe('Exactly what tokens say in `iss`.'),
  audience: z
    .union([text, z.array(text).min(1)])
    .describe('What tokens must name in `aud`: this gateway, and nothing that other services accept too.'),
  jwksUri: z
    .string()
    .refine(isSafeKeyUrl, 'must be a https URL, or http on this machine')
    .describe('Where the issuer publishes its keys: https, or http on this machine.'),
  algorithms: z
    .array(z.enum(tokenAlgorithms))
    .min(1)
    .describe('Signatures that are accepted. Default: RS256, PS256, ES256, EdDSA.')
    .optional(),
  clockTolerance: z
    .number()
    .min(0)
    .max(300)
    .describe('Seconds that clocks may differ. Default: 5.')
    .optional(),
  scopes: z.array(text).describe('Scopes that every token must have. Default: none.').optional(),
  claims: z
    .strictObject({
      user: text.describe('Default: sub.').optional(),
      tenant: text.describe('Default: tenant_id.').optional(),
      groups: text.describe('Default: groups.').optional(),
      roles: text.describe('Default: roles.').optional(),
    })
    .describe('Claims that say who a client is: names, or JSON pointers such as `/realm_access/roles`.')
    .optional(),
});

/** `gateway.auth` of a configuration, in TypeScript spelling: who may use a gateway on HTTP. */
export const gatewayAuthSchema = z
  .strictObject({
    keys: z.array(key).describe('Keys that clients send as `Authorization: Bearer KEY`.').optional(),
    jwt: z.array(issuer).describe('Issuers whose tokens (JWT) are accepted.').optional(),
    publicUrl: z
      .url({ protocol: /^https?$/ })
      .describe(
        'Address by which clients know the gateway, such as https://mcp.example. Default: where it listens.',
      )
      .optional(),
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
