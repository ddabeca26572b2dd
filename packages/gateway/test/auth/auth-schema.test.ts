import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { gatewayAuthSchema } from '../../src/auth/auth-schema.js';
import { generateKey, hashKey, isKeyHash } from '../../src/auth/key-hash.js';

const issuer = {
  issuer: 'https://login.example',
  audience: 'https://mcp.example',
  jwksUri: 'https://login.example/keys',
};
const hash = hashKey(generateKey());

function problems(auth: unknown): string[] {
  const { error } = gatewayAuthSchema.safeParse(auth);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('gateway.auth', () => {
  it('takes keys, issuers and both', () => {
    expect(problems({ keys: [{ name: 'ci', hash, expires: '2027-01-31' }], jwt: [issuer] })).toEqual([]);
    expect(problems({ jwt: [{ ...issuer, jwksUri: 'http://127.0.0.1:9000/keys' }] })).toEqual([]);
  });

  it('refuses what lets nobody in', () => {
    expect(problems({})).toEqual([': names neither keys nor issuers: nobody could come in']);
  });

  it('refuses keys that are not hashed, and names and hashes that stand twice', () => {
    expect(problems({ keys: [{ name: 'ci', hash: generateKey() }] }).join()).toContain('mcpplugins key');
    expect(
      problems({
        keys: [
          { name: 'ci', hash },
          { name: 'ci', hash },
        ],
      }),
    ).toEqual(['keys.1.name: stands here twice', 'keys.1.hash: stands here twice']);
    expect(problems({ keys: [{ name: 'ci', hash, expires: 'soon' }] }).join()).toContain('is no date');
  });

  it('refuses secrets for signatures, key sets that anybody on the way could change, and tokens for anybody', () => {
    expect(problems({ jwt: [{ ...issuer, algorithms: ['HS256'] }] })[0]).toMatch(/^jwt\.0\.algorithms\.0/);
    for (const jwksUri of ['http://login.example/keys', 'file:///keys', 'keys']) {
      expect(problems({ jwt: [{ ...issuer, jwksUri }] })[0]).toMatch(/^jwt\.0\.jwksUri: must be a https URL/);
    }
    expect(problems({ jwt: [{ ...issuer, audience: [] }] })[0]).toMatch(/^jwt\.0\.audience/);
    expect(problems({ jwt: [{ ...issuer, audience: undefined }] })[0]).toMatch(/^jwt\.0\.audience/);
  });
});

describe('a hash of a key', () => {
  it('is the same each time, and not the key', () => {
    const key = generateKey();
    expect(hashKey(key)).toBe(hashKey(key));
    expect(isKeyHash(hashKey(key))).toBe(true);
    expect(hashKey(key)).not.toContain(key.slice(5));
    expect(generateKey()).not.toBe(key);
  });

  it.each(['password', 'x'.repeat(64)])('is not made of %s, which can be guessed', (key) => {
    expect(() => hashKey(key)).toThrowError(
      expect.toSatisfy((error) => FrameworkError.is(error, 'AUTH_KEY_WEAK')),
    );
  });
});
