import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { silentLogger } from '@mcpplugins/framework-core';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authenticator } from '../../src/auth/authenticator.js';
import type { GatewayAuthOptions, IssuerOptions } from '../../src/auth/auth-schema.js';
import { generateKey, hashKey } from '../../src/auth/key-hash.js';
import { startIssuer, testAudience, type TestIssuer } from '../support/issuer.js';

let idp: TestIssuer;

beforeAll(async () => {
  idp = await startIssuer();
});
afterAll(async () => {
  await idp[Symbol.asyncDispose]();
});

const base = new URL('http://127.0.0.1:8808');

function request(authorization?: string): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  if (authorization !== undefined) message.headers.authorization = authorization;
  return message;
}

function ask(options: GatewayAuthOptions, authorization?: string): Promise<unknown> {
  return new Authenticator(options, base).authenticate(request(authorization), '/servers/files/mcp');
}

function trusting(more: Partial<IssuerOptions> = {}): GatewayAuthOptions {
  return { jwt: [{ issuer: idp.issuer, audience: testAudience, jwksUri: idp.jwksUri, ...more }] };
}

describe('keys', () => {
  const key = generateKey();
  const options = {
    keys: [
      { name: 'ci', hash: hashKey(key), user: 'ci@example.com', tenantId: 'acme', groups: ['builders'] },
    ],
  };

  it('say whose they are', async () => {
    expect(await ask(options, `Bearer ${key}`)).toMatchObject({
      details: {
        user: 'ci@example.com',
        tenantId: 'acme',
        userContext: { userId: 'ci@example.com', groups: ['builders'] },
      },
    });
    expect(await ask({ keys: [{ name: 'ci', hash: hashKey(key) }] }, `bearer ${key}`)).toMatchObject({
      details: { user: 'ci' },
    });
  });

  it('are refused when unknown, in another scheme, or not there', async () => {
    for (const sent of [`Bearer ${generateKey()}`, `Basic ${key}`, `Bearer ${key} ${key}`, 'Bearer', key]) {
      expect(await ask(options, sent)).toMatchObject({ refusal: 'unauthorized' });
    }
    expect(await ask(options)).toEqual({
      refusal: 'unauthorized',
      message: 'Unauthorized: send a bearer token',
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('are refused from the day on which they expire', async () => {
    const until = (expires: string): Promise<unknown> =>
      ask({ keys: [{ name: 'ci', hash: hashKey(key), expires }] }, `Bearer ${key}`);
    expect(await until('2020-01-31')).toMatchObject({ message: 'Unauthorized: the key has expired' });
    expect(await until('9999-01-31')).toMatchObject({ details: { user: 'ci' } });
  });
});

describe('tokens', () => {
  it('say who sends them, in which tenant and groups', async () => {
    const token = await idp.sign({
      tenant_id: 'acme',
      groups: ['staff', 7],
      roles: 'admin',
      email: 'ada@acme.example',
    });
    expect(await ask(trusting(), `Bearer ${token}`)).toMatchObject({
      details: {
        user: 'ada',
        tenantId: 'acme',
        userContext: { userId: 'ada', email: 'ada@acme.example', groups: ['staff'], roles: ['admin'] },
      },
    });
  });

  it('are read where the configuration says', async () => {
    const claims = { user: 'https://acme.example/mail', tenant: '/org/id', groups: '/realm~1access/groups' };
    const token = await idp.sign({
      'https://acme.example/mail': 'ada@acme.example',
      org: { id: 'acme' },
      'realm/access': { groups: ['staff'] },
    });
    expect(await ask(trusting({ claims }), `Bearer ${token}`)).toMatchObject({
      details: { user: 'ada@acme.example', tenantId: 'acme', userContext: { groups: ['staff'] } },
    });
    expect(await ask(trusting({ claims }), `Bearer ${await idp.sign()}`)).toMatchObject({
      message: 'Unauthorized: the token names no user',
    });
  });

  it('of another audience are refused, and the sender learns where to ask for one', async () => {
    const token = await idp.sign({ aud: 'https://other.example' });
    expect(await ask(trusting({ scopes: ['mcp'] }), `Bearer ${token}`)).toEqual({
      refusal: 'unauthorized',
      message: 'Unauthorized: the token is for another audience',
      headers: {
        'www-authenticate':
          'Bearer error="invalid_token", error_description="the token is for another audience", scope="mcp", ' +
          'resource_metadata="http://127.0.0.1:8808/.well-known/oauth-protected-resource/servers/files/mcp"',
      },
    });
  });

  it('that have expired, never expire, or are not valid yet are refused', async () => {
    const now = Math.floor(Date.now() / 1000);
    const problem = async (token: Promise<string>): Promise<unknown> =>
      ask(trusting(), `Bearer ${await token}`);
    expect(await problem(idp.sign({}, { expires: now - 60 }))).toMatchObject({
      message: 'Unauthorized: the token has expired',
    });
    expect(await problem(idp.sign({}, { expires: undefined }))).toMatchObject({
      message: 'Unauthorized: the token does not say when it expires',
    });
    expect(await problem(idp.sign({ nbf: now + 60 }))).toMatchObject({
      message: 'Unauthorized: the token is not valid yet',
    });
    expect(await ask(trusting(), `Bearer ${await idp.sign({}, { expires: now - 2 })}`)).toMatchObject({
      details: { user: 'ada' },
    });
  });

  it('that somebody else signed, or nobody, are refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await idp.sign({}, { key: privateKey });
    expect(await ask(trusting(), `Bearer ${forged}`)).toMatchObject({
      message: 'Unauthorized: the signature of the token is wrong',
    });
    const [, payload] = forged.split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await ask(trusting(), `Bearer ${header}.${payload}.`)).toMatchObject({ refusal: 'unauthorized' });
    const stranger = await idp.sign({}, { issuer: 'https://evil.example' });
    expect(await ask(trusting(), `Bearer ${stranger}`)).toMatchObject({
      message: 'Unauthorized: the issuer is not trusted here',
    });
    expect(await ask(trusting(), 'Bearer no-token')).toMatchObject({ refusal: 'unauthorized' });
  });

  it('that are signed with a secret are refused, even with the public key for a secret', async () => {
    const response = await fetch(idp.jwksUri);
    const secret = new TextEncoder().encode(await response.text());
    const token = await new SignJWT({ sub: 'ada' })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setIssuer(idp.issuer)
      .setAudience(testAudience)
      .setExpirationTime('5m')
      .sign(secret);
    expect(await ask(trusting(), `Bearer ${token}`)).toMatchObject({
      message: 'Unauthorized: the token is signed by an algorithm that is not allowed here',
    });
  });

  it('without a scope that is needed are good for nothing here', async () => {
    const options = trusting({ scopes: ['mcp', 'tools'] });
    expect(await ask(options, `Bearer ${await idp.sign({ scope: 'mcp' })}`)).toMatchObject({
      refusal: 'forbidden',
      headers: { 'www-authenticate': expect.stringContaining('error="insufficient_scope"') },
    });
    expect(await ask(options, `Bearer ${await idp.sign({ scope: 'tools mcp' })}`)).toMatchObject({
      details: { user: 'ada' },
    });
    expect(await ask(options, `Bearer ${await idp.sign({ scp: ['mcp', 'tools'] })}`)).toMatchObject({
      details: { user: 'ada' },
    });
  });

  it('of unknown keys do not have the key set fetched each time', async () => {
    await using own = await startIssuer();
    const jwt = [{ issuer: own.issuer, audience: testAudience, jwksUri: own.jwksUri }];
    const authenticator = new Authenticator({ jwt }, base);
    const send = async (keyId: string): Promise<unknown> =>
      authenticator.authenticate(request(`Bearer ${await own.sign({}, { keyId })}`), '/mcp');
    for (let index = 0; index < 10; index++) {
      expect(await send(`key-${index}`)).toMatchObject({
        message: 'Unauthorized: the token is signed with an unknown key',
      });
    }
    expect(await send('one')).toMatchObject({ details: { user: 'ada' } });
    expect(own.fetches()).toBe(1);
  });

  it.each([
    ['an error', 500, '{}'],
    ['a redirection', 302, '{}'],
    ['no JSON', 200, 'oops'],
    ['no key set', 200, '[]'],
    ['a key set without end', 200, `{"keys":[],"x":"${'x'.repeat(300_000)}"}`],
  ])(
    'cannot be judged while the issuer answers with %s, and are when it is back',
    async (_, status, body) => {
      await using own = await startIssuer();
      const logged: string[] = [];
      const logger = { ...silentLogger, error: (message: string) => void logged.push(message) };
      const jwt = [{ issuer: own.issuer, audience: testAudience, jwksUri: own.jwksUri }];
      const authenticator = new Authenticator({ jwt }, base, logger);
      const token = await own.sign();
      const good = await (await fetch(own.jwksUri)).text();
      own.answer(status, body);
      const refusal = await authenticator.authenticate(request(`Bearer ${token}`), '/mcp');
      expect(refusal).toEqual({ refusal: 'authenticationUnavailable' });
      expect(logged.join()).toContain(`the keys of "${own.issuer}" cannot be fetched`);
      expect(logged.join()).not.toContain(token);
      own.answer(200, good);
      expect(await authenticator.authenticate(request(`Bearer ${token}`), '/mcp')).toMatchObject({
        details: { user: 'ada' },
      });
    },
  );
});

describe('principals', () => {
  async function principalOf(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const client = await new Authenticator(trusting(), base).authenticate(
      request(`Bearer ${await idp.sign(claims)}`),
      '/mcp',
    );
    if (!('principal' in client)) throw new Error('was refused');
    return client.principal;
  }

  it('are the same for another token of the same user, whatever the order of groups', async () => {
    expect(await principalOf({ groups: ['a', 'b'], jti: '1' })).toBe(
      await principalOf({ groups: ['b', 'a'], jti: '2' }),
    );
  });

  it('are others for another user, tenant or group, and for a key of the same name', async () => {
    const key = generateKey();
    const byKey = (await ask({ keys: [{ name: 'ada', hash: hashKey(key) }] }, `Bearer ${key}`)) as {
      readonly principal: string;
    };
    const all = [
      byKey.principal,
      await principalOf({}),
      await principalOf({ sub: 'eve' }),
      await principalOf({ tenant_id: 'acme' }),
      await principalOf({ groups: ['staff'] }),
    ];
    expect(new Set(all).size).toBe(5);
  });
});

describe('resource metadata', () => {
  it('name the endpoint by its public address, the issuers and the scopes', () => {
    const options = { ...trusting({ scopes: ['mcp'] }), publicUrl: 'https://mcp.example/gateway/' };
    expect(new Authenticator(options, base).metadataOf('/mcp')).toEqual({
      resource: 'https://mcp.example/gateway/mcp',
      authorization_servers: [idp.issuer],
      scopes_supported: ['mcp'],
      bearer_methods_supported: ['header'],
    });
  });

  it('follow the address that the gateway got', () => {
    const authenticator = new Authenticator(trusting(), new URL('http://localhost/'));
    authenticator.listensAt(new URL('http://127.0.0.1:4711/'));
    expect(authenticator.metadataOf('/mcp')?.resource).toBe('http://127.0.0.1:4711/mcp');
  });

  it('do not exist where there are only keys', () => {
    const keys = [{ name: 'ci', hash: hashKey(generateKey()) }];
    expect(new Authenticator({ keys }, base).metadataOf('/mcp')).toBeUndefined();
  });
});
