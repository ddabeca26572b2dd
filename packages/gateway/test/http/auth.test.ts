import { type GlobalContext, FrameworkError } from '@mcpplugins/framework-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayAuthOptions } from '../../src/auth/auth-schema.js';
import { generateKey, hashKey } from '../../src/auth/key-hash.js';
import { initialize, openSession, post } from '../support/guarded-http.js';
import { startUpstream, type Upstream } from '../support/http-upstream.js';
import { startIssuer, testAudience, type TestIssuer } from '../support/issuer.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';

let idp: TestIssuer;
let upstream: Upstream;

beforeAll(async () => {
  idp = await startIssuer();
});
afterAll(async () => {
  await idp[Symbol.asyncDispose]();
});
afterEach(async () => {
  await stopAll();
  await upstream?.[Symbol.asyncDispose]();
});

const trusting = (): GatewayAuthOptions => ({
  jwt: [{ issuer: idp.issuer, audience: testAudience, jwksUri: idp.jwksUri }],
});

type Headers = Readonly<Record<string, string>>;

const call = { id: 1, method: 'tools/call', params: { name: 't' } };

describe('a gateway on HTTP with authentication', () => {
  it('is refused beyond this machine without it', async () => {
    const refused = startHttpGateway({ c: { url: 'http://127.0.0.1:1' } }, [], { host: '0.0.0.0' });
    await expect(refused).rejects.toSatisfy((error) => FrameworkError.is(error, 'AUTH_REQUIRED'));
    const useless = startHttpGateway({ c: { url: 'http://127.0.0.1:1' } }, [], { host: '0.0.0.0', auth: {} });
    await expect(useless).rejects.toThrow('auth names neither keys nor issuers');
    const { gateway } = await startHttpGateway({ c: { url: 'http://127.0.0.1:1' } }, [], {
      host: '0.0.0.0',
      auth: trusting(),
    });
    expect(gateway.url.port).not.toBe('0');
  });

  it('lets nobody in without credentials, and says where to get them', async () => {
    upstream = await startUpstream();
    const { url } = await startHttpGateway({ c: upstream }, [], { auth: trusting() });
    const metadataUrl = new URL('/.well-known/oauth-protected-resource/mcp', url);
    const refused = await post(url, initialize);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe(`Bearer resource_metadata="${metadataUrl.href}"`);
    expect(await refused.json()).toMatchObject({ error: { code: -32000 }, id: null });
    const metadata = await fetch(metadataUrl);
    expect(metadata.headers.get('access-control-allow-origin')).toBe('*');
    expect(await metadata.json()).toEqual({
      resource: url.href,
      authorization_servers: [idp.issuer],
      bearer_methods_supported: ['header'],
    });
    expect((await fetch(new URL('/.well-known/oauth-protected-resource/other', url))).status).toBe(404);
    expect(await (await fetch(new URL('/other', url))).json()).toEqual({ error: 'not found' });
    expect(upstream.seen).toEqual([]);
  });

  it('refuses a token for another audience, and one in the query', async () => {
    upstream = await startUpstream();
    const { url } = await startHttpGateway({ c: upstream }, [], { auth: trusting() });
    const other = await idp.sign({ aud: 'https://other.example' });
    const refused = await post(url, initialize, { authorization: `Bearer ${other}` });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const good = new URL(`?access_token=${await idp.sign()}`, url);
    expect((await post(good, initialize)).status).toBe(401);
    expect(upstream.seen).toEqual([]);
  });

  it('C11: knows a session by the id and the principal together', async () => {
    upstream = await startUpstream();
    const key = generateKey();
    const auth = { ...trusting(), keys: [{ name: 'ci', hash: hashKey(key) }] };
    const { gateway, url } = await startHttpGateway({ c: upstream }, [], { auth });
    const ada = await openSession(url, { authorization: `Bearer ${await idp.sign()}` });
    const statusOf = async (headers: Headers, id = ada['mcp-session-id'] ?? ''): Promise<number> => {
      const response = await post(url, call, { ...headers, 'mcp-session-id': id });
      await response.text();
      return response.status;
    };
    expect(await statusOf(ada)).toBe(200);
    expect(await statusOf({ authorization: `Bearer ${await idp.sign()}` })).toBe(200);
    const before = upstream.seen.length;
    expect(await statusOf({ authorization: `Bearer ${await idp.sign({ sub: 'eve' })}` })).toBe(404);
    expect(await statusOf({ authorization: `Bearer ${await idp.sign({ tenant_id: 'other' })}` })).toBe(404);
    expect(await statusOf({ authorization: `Bearer ${key}` })).toBe(404);
    expect(await statusOf({})).toBe(401);
    expect(await statusOf(ada, '00000000-0000-4000-8000-000000000000')).toBe(404);
    const expired = { authorization: `Bearer ${await idp.sign({}, { expires: 1 })}` };
    expect(await statusOf(expired)).toBe(401);
    const stranger = { ...ada, authorization: `Bearer ${key}` };
    expect((await fetch(url, { headers: { ...stranger, accept: 'text/event-stream' } })).status).toBe(404);
    expect((await fetch(url, { method: 'DELETE', headers: stranger })).status).toBe(404);
    expect([upstream.seen.length, gateway.sessionCount]).toEqual([before, 1]);
    expect((await fetch(url, { method: 'DELETE', headers: ada })).status).toBe(200);
    expect(await statusOf(ada)).toBe(404);
  });

  it('never sends credentials, cookies or addresses of a client to a server', async () => {
    upstream = await startUpstream();
    const { url } = await startHttpGateway(
      { c: { url: upstream.url, headers: { authorization: 'Bearer of-the-gateway' } } },
      [],
      { auth: trusting() },
    );
    const token = await idp.sign();
    const session = await openSession(url, {
      authorization: `Bearer ${token}`,
      cookie: 'session=secret-cookie',
      'proxy-authorization': 'Basic secret-proxy',
      'x-api-key': 'secret-api-key',
      'x-forwarded-for': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
      'x-vault-tokens': 'secret-vault',
    });
    expect((await post(url, call, session)).status).toBe(200);
    expect(upstream.seen.length).toBeGreaterThan(1);
    expect(upstream.seen.map(({ authorization }) => authorization)).toEqual(
      upstream.seen.map(() => 'Bearer of-the-gateway'),
    );
    expect(JSON.stringify(upstream.seen)).not.toMatch(/secret|203\.0\.113\.7|cookie|forwarded/);
    expect(JSON.stringify(upstream.seen)).not.toContain(token);
    expect(JSON.stringify(upstream.seen)).not.toContain(session['mcp-session-id']);
  });

  it('tells plugins user, tenant and groups, whatever the message says', async () => {
    upstream = await startUpstream();
    const contexts: Partial<GlobalContext>[] = [];
    const { url } = await startHttpGateway(
      { c: upstream },
      [
        {
          tool_pre_invoke: (_payload, { user, tenantId, userContext, serverId }) =>
            void contexts.push({ user, tenantId, userContext, serverId }),
        },
      ],
      { auth: trusting() },
    );
    const token = await idp.sign({ tenant_id: 'acme', groups: ['staff'] });
    const session = await openSession(url, { authorization: `Bearer ${token}` });
    const _meta = { user: 'root', tenantId: 'other', userContext: { isAdmin: true } };
    await post(url, { ...call, params: { name: 't', _meta } }, { ...session, 'x-user': 'root' });
    expect(contexts).toEqual([
      {
        user: 'ada',
        tenantId: 'acme',
        serverId: 'c',
        userContext: { userId: 'ada', groups: ['staff'] },
      },
    ]);
  });
});
