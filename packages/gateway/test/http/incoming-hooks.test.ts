import { fileURLToPath } from 'node:url';
import { block, type HookHandlers, modify, respond } from '@mcpplugins/framework-core';
import { afterEach, describe, expect, it } from 'vitest';
import { generateKey, hashKey } from '../../src/auth/key-hash.js';
import type { ServeHttpOptions } from '../../src/http/serve-http.js';
import { post, startGuarded } from '../support/guarded-http.js';
import { stopAll } from '../support/start-http.js';

afterEach(stopAll);

const file = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const echo = { command: process.execPath, args: [file, 'echo'], closeGraceMs: 200 };

const start = (hooks: HookHandlers, options: Partial<ServeHttpOptions> = {}) =>
  startGuarded({ c: echo }, [[hooks]], options);

const initialize = { id: 0, method: 'initialize', params: {} };
const call = { id: 1, method: 'tools/call', params: { name: 't' } };

describe('hooks of incoming requests', () => {
  it('see where a request goes and no credentials', async () => {
    const seen: unknown[] = [];
    const { url } = await start({
      http_pre_request: (payload) => void seen.push(payload),
      auth_pre_check: (payload) => void seen.push(payload),
      auth_post_check: (payload) => void seen.push(payload),
    });
    const response = await post(url, initialize, {
      authorization: 'Bearer hunter2',
      cookie: 'id=hunter2',
      'x-api-key': 'hunter2',
      'x-vault-tokens': 'hunter2',
      'x-team': 'blue',
    });
    expect(response.status).toBe(200);
    const headers = { authorization: '[redacted]', cookie: '[redacted]', 'x-team': 'blue' };
    expect(seen).toMatchObject([
      { path: '/mcp', method: 'POST', clientHost: '127.0.0.1', headers },
      { path: '/mcp', method: 'POST', headers },
      { result: {} },
    ]);
    expect(JSON.stringify(seen)).not.toContain('hunter2');
  });

  it('may refuse', async () => {
    for (const hook of [
      'http_pre_request',
      'auth_pre_check',
      'http_auth_resolve_user',
      'auth_post_check',
    ] as const) {
      const { url, gateway } = await start({
        [hook]: () => block({ code: 'NIGHT', reason: 'come back by day', details: { rule: 'hunter2' } }),
      });
      const response = await post(url, initialize);
      expect([hook, response.status, await response.json()]).toEqual([
        hook,
        403,
        { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'come back by day (NIGHT)' } },
      ]);
      expect(gateway.sessionCount).toBe(0);
    }
    const unknown = await start({
      auth_pre_check: () => block({ code: 'WHO', reason: 'who are you', httpStatusCode: 401 }),
    });
    const response = await post(unknown.url, initialize);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('may say who a client is, to conditions, plugins and sessions', async () => {
    const users: unknown[] = [];
    const { url } = await start({
      http_auth_resolve_user: ({ credentials }) =>
        credentials?.scheme === 'Ticket'
          ? respond({ email: credentials.credentials, is_admin: true, tenant_id: 'acme', groups: ['staff'] })
          : undefined,
      tool_pre_invoke: (_payload, { user, tenantId, userContext }) =>
        void users.push([user, tenantId, userContext?.isAdmin, userContext?.groups]),
    });
    const ada = { authorization: 'Ticket ada@acme.example' };
    const opened = await post(url, initialize, ada);
    const session = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
    expect((await post(url, call, { ...session, ...ada })).status).toBe(200);
    expect((await post(url, call, { ...session, authorization: 'Ticket eve@acme.example' })).status).toBe(
      404,
    );
    expect((await post(url, call, session)).status).toBe(404);
    expect(users).toEqual([['ada@acme.example', 'acme', true, ['staff']]]);
  });

  it('refuse a client of whom a plugin says nothing that can be used', async () => {
    const { url } = await start({ http_auth_resolve_user: () => respond({ admin: true }) });
    expect((await post(url, initialize)).status).toBe(401);
  });

  it('may hand credentials of another header to the authentication', async () => {
    const key = generateKey();
    const rename: HookHandlers = {
      http_pre_request: ({ headers, ...rest }) =>
        modify({ ...rest, headers: { ...headers, authorization: headers['x-ticket'] ?? '' } }),
    };
    const auth = { keys: [{ name: 'ci', hash: hashKey(key) }] };
    const { url } = await start(rename, { auth });
    expect((await post(url, initialize, { 'x-ticket': `Bearer ${key}` })).status).toBe(200);
    expect((await post(url, initialize)).status).toBe(401);
  });

  it('cannot let anybody in after the authentication has refused', async () => {
    const errors: unknown[] = [];
    const auth = { keys: [{ name: 'ci', hash: hashKey(generateKey()) }] };
    const { url } = await start({ auth_post_check: ({ error }) => void errors.push(error) }, { auth });
    expect((await post(url, initialize)).status).toBe(401);
    expect(errors).toEqual([{ code: -32000, message: 'Unauthorized: send a bearer token' }]);
  });

  it('refuse everybody while plugins cannot be run', async () => {
    const { url, manager, lines } = await start({ auth_pre_check: () => undefined });
    await manager.shutdown();
    const response = await post(url, initialize);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(lines.join()).toContain('a request could not be guarded and was refused');
  });
});
