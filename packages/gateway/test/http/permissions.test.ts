import { block, type HookHandlers, type PayloadOf, respond } from '@mcpplugins/framework-core';
import { afterEach, describe, expect, it } from 'vitest';
import { generateKey, hashKey } from '../../src/auth/key-hash.js';
import { answerOf, openSession, post, startGuarded } from '../support/guarded-http.js';
import { type AnswerInstead, startUpstream } from '../support/http-upstream.js';
import { stopAll } from '../support/start-http.js';

afterEach(stopAll);

const call = { id: 1, method: 'tools/call', params: { name: 't' } };
type Asked = PayloadOf<'http_auth_check_permission'>;

const requests = [
  ['tools/call', { name: 't' }, 'tools.execute', 'tool'],
  ['tools/list', {}, 'tools.read', 'tool'],
  ['prompts/get', { name: 'p' }, 'prompts.read', 'prompt'],
  ['prompts/list', {}, 'prompts.read', 'prompt'],
  ['resources/read', { uri: 'file:///a' }, 'resources.read', 'resource'],
  ['resources/list', {}, 'resources.read', 'resource'],
  ['resources/templates/list', {}, 'resources.read', 'resource'],
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'p' } }, 'prompts.read', 'prompt'],
  ['completion/complete', { ref: { type: 'ref/resource', uri: 'f' } }, 'resources.read', 'resource'],
] as const;

describe('http_auth_check_permission', () => {
  it('is asked before each request of the table, with who asks', async () => {
    const asked: Asked[] = [];
    await using upstream = await startUpstream();
    const key = generateKey();
    const { url } = await startGuarded(
      { s: { url: upstream.url } },
      [[{ http_auth_check_permission: (payload) => void asked.push({ ...payload }) }]],
      { auth: { keys: [{ name: 'ci', hash: hashKey(key), user: 'ada@acme.example' }] } },
    );
    const session = await openSession(url, { authorization: `Bearer ${key}`, 'user-agent': 'test/1' });
    for (const [index, [method, params]] of requests.entries()) {
      const answer = await answerOf(await post(url, { id: index + 1, method, params }, session));
      expect(answer).toHaveProperty('result');
    }
    await answerOf(await post(url, { id: 100, method: 'ping' }, session));
    expect(asked).toEqual(
      requests.map(([, , permission, resourceType]) => ({
        permission,
        resourceType,
        userEmail: 'ada@acme.example',
        isAdmin: false,
        authMethod: 'key',
        clientHost: '127.0.0.1',
        userAgent: 'test/1',
      })),
    );
  });

  it('names nobody where nobody is known', async () => {
    const asked: Asked[] = [];
    await using upstream = await startUpstream();
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [{ http_auth_check_permission: (payload) => void asked.push({ ...payload }) }],
    ]);
    await answerOf(await post(url, call, await openSession(url)));
    expect(asked).toMatchObject([{ userEmail: '', isAdmin: false, authMethod: undefined }]);
  });

  it.each<[string, () => ReturnType<typeof respond>, string]>([
    ['says no', () => respond({ granted: false, reason: 'on leave' }), 'PERMISSION_DENIED'],
    ['blocks', () => block({ code: 'NIGHT', reason: 'come back by day' }), 'NIGHT'],
    ['says neither yes nor no', () => respond({ granted: 'perhaps' }), 'PLUGIN_ERROR'],
  ])('refuses like a block when a plugin %s, before other hooks run', async (_what, answer, code) => {
    await using upstream = await startUpstream();
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_auth_check_permission: answer,
          tool_pre_invoke: () => expect.unreachable(),
          prompt_pre_fetch: () => expect.unreachable(),
        },
      ],
      [{ http_auth_check_permission: () => respond({ granted: true }) }],
    ]);
    const session = await openSession(url);
    expect(await answerOf(await post(url, call, session))).toMatchObject({
      result: {
        isError: true,
        _meta: {
          'mcpplugins.dev/violation': { code, plugin: 'guard-1', hook: 'http_auth_check_permission' },
        },
      },
    });
    const get = { id: 2, method: 'prompts/get', params: { name: 'p' } };
    expect(await answerOf(await post(url, get, session))).toMatchObject({
      error: { code: -32602, data: { plugin_error_code: code } },
    });
    const list = { id: 3, method: 'tools/list' };
    expect(await answerOf(await post(url, list, session))).toMatchObject({ error: { code: -32602 } });
    expect(upstream.methods).toEqual(['POST']);
  });

  it('changes nothing when the permission is granted, and shares the host request', async () => {
    await using upstream = await startUpstream();
    const seen: unknown[] = [];
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_auth_check_permission: async (_payload, context) => {
            context.setState('checked', true);
            return respond({ granted: true, reason: null });
          },
          tool_pre_invoke: (_payload, context) =>
            void seen.push(context.getState('checked'), context.serverId),
        },
      ],
    ]);
    expect(await answerOf(await post(url, call, await openSession(url)))).toMatchObject({
      result: { content: [] },
    });
    expect(seen).toEqual([true, 's']);
  });

  it('is asked for the server that has it, of several behind one address', async () => {
    const withTool = (name: string): AnswerInstead => {
      const results: Readonly<Record<string, unknown>> = {
        initialize: {
          protocolVersion: '2025-11-25',
          capabilities: { tools: {} },
          serverInfo: { name, version: '1' },
        },
        'tools/list': { tools: [{ name: 't', inputSchema: { type: 'object' } }] },
      };
      return (response, { id, method = '' }) => {
        if (results[method] === undefined) return false;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: results[method] }));
        return true;
      };
    };
    await using one = await startUpstream(withTool('one'));
    await using two = await startUpstream(withTool('two'));
    const asked: unknown[] = [];
    const hooks: HookHandlers = {
      http_auth_check_permission: ({ permission, clientHost }, { serverId }) => {
        asked.push([serverId, permission, clientHost]);
        return serverId === 'one' && permission === 'tools.execute' ? respond({ granted: false }) : undefined;
      },
    };
    const { url } = await startGuarded({ one: { url: one.url }, two: { url: two.url } }, [[hooks]]);
    const session = await openSession(url);
    const callOf = (id: number, name: string) =>
      post(url, { id, method: 'tools/call', params: { name } }, session).then(answerOf);
    expect(await callOf(1, 'one__t')).toMatchObject({ result: { isError: true } });
    expect(await callOf(2, 'two__t')).not.toMatchObject({ result: { isError: true } });
    expect(asked).toEqual([
      ['one', 'tools.read', '127.0.0.1'],
      ['two', 'tools.read', '127.0.0.1'],
      ['one', 'tools.execute', '127.0.0.1'],
      ['two', 'tools.execute', '127.0.0.1'],
    ]);
  });
});
