import type { JWTPayload } from 'jose';
import type { IssuerOptions } from './auth-schema.js';
import type { Identity } from './identity.js';

/** Values of a claim beyond which a token is not read: they go to plugins with every call. */
const maxNames = 200;

/** The identity in the claims of a verified token. Undefined: it names no user. */
export function identityIn(payload: JWTPayload, claims: IssuerOptions['claims'] = {}): Identity | undefined {
  const user = textIn(payload, claims.user ?? 'sub');
  if (user === undefined) return undefined;
  return {
    user,
    tenantId: textIn(payload, claims.tenant ?? 'tenant_id'),
    userContext: {
      userId: user,
      email: textIn(payload, 'email'),
      groups: namesIn(payload, claims.groups ?? 'groups'),
      roles: namesIn(payload, claims.roles ?? 'roles'),
    },
  };
}

/**
 * Scopes of a token: `scope` with spaces between, or a list `scp`.
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3
 */
export function scopesIn({ scope, scp }: JWTPayload): readonly string[] {
  const given = scope ?? scp;
  if (typeof given === 'string') return given.split(' ');
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
}

function textIn(payload: JWTPayload, claim: string): string | undefined {
  const value = valueIn(payload, claim);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function namesIn(payload: JWTPayload, claim: string): readonly string[] | undefined {
  const value = valueIn(payload, claim);
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  return value.filter((one) => typeof one === 'string').slice(0, maxNames);
}

/** A claim by its name, which may be a URL, or by a JSON pointer. */
function valueIn(payload: JWTPayload, claim: string): unknown {
  const path = claim.startsWith('/')
    ? claim
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    : [claim];
  let value: unknown = payload;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
