import {
  block,
  definePlugin,
  type HookHandlers,
  modify,
  type PluginMode,
  respond,
} from '@mcpplugins/framework-core';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, initialize, openSession, post, startGuarded } from '../support/guarded-http.js';
import { startUpstream } from '../support/http-upstream.js';
import { startEverythingOverSse, stopAll } from '../support/start-http.js';

afterEach(stopAll);

const call = { id: 1, method: 'tools/call', params: { name: 't' } };
const lateGuard = definePlugin({
  name: 'late',
  hooks: () => ({ http_pre_forwarding_call: () => block({ code: 'LATE', reason: 'Too late' }) }),
});
const no = { code: 'NO', reason: 'Not there', details: { rule: 'hunter2' } };

describe('http_pre_forwarding_call and http_post_forwarding_call', () => {
  it('run around every HTTP request, see no credentials, and run for the right server and user', async () => {
    const runs: unknown[] = [];
    const asked: unknown[] = [];
    const answered: unknown[] = [];
    await using upstream = await startUpstream();
    const url = new URL(upstream.url);
    url.search = '?token=hunter2&team=blue';
    const options = { authenticate: () => ({ principal: 'ada' }) };
    const own = { Authorization: 'Bearer hunter2', 'X-Api-Key': 'hunter2', 'x-team': 'blue' };
    const { url: gateway, gateway: running } = await startGuarded(
      { s: { url, headers: own } },
      [
        [
          {
            http_pre_forwarding_call: (payload, { serverId, user, metadata }) => {
              runs.push([payload.method, metadata['method'], serverId, user]);
              asked.push(payload);
            },
            http_post_forwarding_call: (payload) => void answered.push(payload),
          },
        ],
      ],
      options,
    );
    const session = await openSession(gateway);
    expect(await (await post(gateway, call, session)).json()).toMatchObject({ id: 1, result: {} });
    expect((await post(gateway, { method: 'notifications/initialized' }, session)).status).toBe(202);
    await expect.poll(() => upstream.methods).toEqual(['POST', 'POST', 'GET', 'POST']);
    await running.close();
    expect(upstream.methods).toEqual(['POST', 'POST', 'GET', 'POST', 'DELETE']);
    expect(runs).toEqual([
      ['POST', 'initialize', 's', 'ada'],
      ['POST', 'tools/call', 's', 'ada'],
      ['GET', 'GET', 's', 'ada'],
      ['POST', 'POST', 's', 'ada'],
      ['DELETE', 'DELETE', 's', 'ada'],
    ]);
    const headers = { authorization: '[redacted]', 'x-api-key': '[redacted]', 'x-team': 'blue' };
    const shown = { url: upstream.url.concat('?token=%5Bredacted%5D&team=blue'), method: 'POST', headers };
    expect(asked[1]).toMatchObject(shown);
    expect(answered[0]).toMatchObject({
      ...shown,
      statusCode: 200,
      responseHeaders: { 'mcp-session-id': '[redacted]', 'content-type': 'application/json' },
    });
    expect(JSON.stringify([asked, answered])).not.toContain('hunter2');
    expect(upstream.seen.every(({ authorization }) => authorization === 'Bearer hunter2')).toBe(true);
  });

  it('change what is sent, and what was redacted keeps its value', async () => {
    await using upstream = await startUpstream();
    const { url } = await startGuarded(
      { s: { url: upstream.url, headers: { authorization: 'Bearer hunter2', 'x-team': 'blue' } } },
      [
        [
          {
            http_pre_forwarding_call: ({ headers: { 'x-team': team = '', ...headers }, ...rest }) =>
              modify({ ...rest, headers: { ...headers, 'X-Group': team } }),
          },
        ],
      ],
    );
    await openSession(url);
    expect(upstream.seen).toMatchObject([{ authorization: 'Bearer hunter2', 'x-group': 'blue' }]);
    expect(upstream.seen[0]).not.toHaveProperty('x-team');
  });

  it('change the head of the answer', async () => {
    await using upstream = await startUpstream((response) => {
      response.writeHead(503, { 'retry-after': '7' }).end();
      return true;
    });
    const seen: unknown[] = [];
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_post_forwarding_call: ({ responseHeaders, ...rest }) =>
            modify({ ...rest, responseHeaders: { ...responseHeaders, 'retry-after': '9' } }),
        },
      ],
      [
        {
          http_post_forwarding_call: ({ responseHeaders }) => void seen.push(responseHeaders['retry-after']),
        },
      ],
    ]);
    expect(await (await post(url, initialize)).json()).toMatchObject({ error: { code: -32603 } });
    expect(seen).toEqual(['9']);
  });

  it.each(['http_pre_forwarding_call', 'http_post_forwarding_call'] as const)(
    'block a call like any other hook: %s',
    async (hook) => {
      await using upstream = await startUpstream();
      let blocks = false;
      const hooks: HookHandlers = { [hook]: () => (blocks ? block(no) : undefined) };
      const { url, lines } = await startGuarded({ s: { url: upstream.url } }, [[hooks]]);
      const session = await openSession(url);
      blocks = true;
      expect(await (await post(url, call, session)).json()).toEqual({
        jsonrpc: '2.0',
        id: 1,
        result: {
          content: [
            {
              type: 'text',
              text: 'Blocked by the plugin "guard-1": Not there (NO). Do not retry this call unchanged.',
            },
          ],
          isError: true,
          _meta: {
            'mcpplugins.dev/violation': { code: 'NO', reason: 'Not there', plugin: 'guard-1', hook },
          },
        },
      });
      const get = { id: 2, method: 'prompts/get', params: { name: 'p' } };
      expect(await (await post(url, get, session)).json()).toMatchObject({
        id: 2,
        error: { code: -32602, data: { plugin_error_code: 'NO', plugin_name: 'guard-1' } },
      });
      expect(upstream.methods.length).toBe(hook === 'http_pre_forwarding_call' ? 1 : 3);
      const details = { plugin: 'guard-1', hook, code: 'NO', server: 's' };
      expect(lines).toEqual([
        ['server "s" is ready', undefined],
        ['tools/call was blocked', details],
        ['prompts/get was blocked', details],
      ]);
      blocks = false;
      expect(await (await post(url, { ...call, id: 3 }, session)).json()).toMatchObject({
        id: 3,
        result: {},
      });
    },
  );

  it('block what is no call, which is logged once', async () => {
    await using upstream = await startUpstream();
    const { url, lines, gateway } = await startGuarded({ s: { url: upstream.url } }, [
      [{ http_pre_forwarding_call: ({ method }) => (method === 'POST' ? undefined : block(no)) }],
    ]);
    const session = await openSession(url);
    await post(url, { method: 'notifications/initialized' }, session);
    await expect.poll(() => upstream.methods).toEqual(['POST', 'POST']);
    await gateway.close();
    expect(upstream.methods).toEqual(['POST', 'POST']);
    const details = { plugin: 'guard-1', hook: 'http_pre_forwarding_call', code: 'NO', server: 's' };
    expect(lines).toEqual([
      ['server "s" is ready', undefined],
      ['GET to the server was blocked', details],
      ['DELETE to the server was blocked', details],
    ]);
  });

  it('share the state of the call, and what a plugin keeps for itself', async () => {
    const seen: unknown[] = [];
    await using upstream = await startUpstream();
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          tool_pre_invoke: (_payload, context) => {
            context.setState('team', 'blue');
            context.local.set('step', 1);
          },
          http_pre_forwarding_call: (payload, context) => {
            const team = context.getState('team');
            if (typeof team !== 'string') return undefined;
            seen.push(context.local.get('step'), context.requestId);
            context.local.set('step', 2);
            return modify({ ...payload, headers: { ...payload.headers, 'x-team': team } });
          },
          http_post_forwarding_call: ({ headers }, context) => {
            context.setState('answered', headers['x-team']);
            seen.push(context.local.get('step'));
          },
          tool_post_invoke: (_payload, context) =>
            void seen.push(context.getState('answered'), context.requestId),
        },
      ],
    ]);
    await post(url, call, await openSession(url));
    expect(upstream.seen[1]).toMatchObject({ 'x-team': 'blue' });
    const requestId = seen[2];
    expect(requestId).toMatch(/-\d+$/);
    expect(seen).toEqual([undefined, 1, requestId, 2, 'blue', requestId]);
  });

  it('take effect on sessions that were open before a plugin was added, and cost nothing before', async () => {
    let asked = 0;
    await using upstream = await startUpstream();
    const { url, manager } = await startGuarded({ s: { url: upstream.url } }, [
      [{ tool_post_list: () => undefined }],
    ]);
    const openRequest = manager.openRequest.bind(manager);
    manager.openRequest = (...given) => {
      asked++;
      return openRequest(...given);
    };
    const session = await openSession(url);
    await post(url, call, session);
    expect(asked).toBe(0);
    await manager.reload({
      plugins: [
        {
          config: { name: 'late', kind: 'test' },
          load: () => lateGuard,
        },
      ],
    });
    expect(await (await post(url, { ...call, id: 2 }, session)).json()).toMatchObject({
      result: { isError: true },
    });
  });

  it('cannot touch headers of the transport, nor answer in place of the server', async () => {
    await using upstream = await startUpstream();
    for (const hooks of [
      {
        http_pre_forwarding_call: (payload) =>
          modify({ ...payload, headers: { ...payload.headers, 'Mcp-Session-Id': 'mine' } }),
      },
      { http_pre_forwarding_call: () => respond({ status: 200 }) },
      {
        http_post_forwarding_call: (payload) =>
          modify({ ...payload, responseHeaders: { ...payload.responseHeaders, 'content-type': 'x/y' } }),
      },
    ] satisfies HookHandlers[]) {
      const { url } = await startGuarded({ s: { url: upstream.url } }, [[hooks]]);
      expect(await (await post(url, initialize)).json()).toMatchObject({
        error: { data: { plugin_error_code: 'PLUGIN_ERROR' } },
      });
    }
  });

  it.each<[PluginMode, string, boolean]>([
    ['enforce', 'blocks', false],
    ['enforce', 'fails', false],
    ['enforce', 'hangs', false],
    ['enforce_ignore_error', 'blocks', false],
    ['enforce_ignore_error', 'fails', true],
    ['enforce_ignore_error', 'hangs', true],
    ['permissive', 'blocks', true],
    ['permissive', 'fails', true],
    ['audit', 'blocks', true],
    ['fire_and_forget', 'blocks', true],
  ])('in mode %s: a plugin that %s lets a request go: %s', async (mode, behaviour, goes) => {
    const behaviours: Readonly<Record<string, () => unknown>> = {
      blocks: () => block(no),
      fails: () => {
        throw new Error('broken');
      },
      hangs: () => new Promise(() => undefined),
    };
    for (const hook of ['http_pre_forwarding_call', 'http_post_forwarding_call'] as const) {
      await using upstream = await startUpstream();
      const hooks = { [hook]: behaviours[behaviour] } as HookHandlers;
      const { url } = await startGuarded({ s: { url: upstream.url } }, [[hooks, { mode, timeout: 0.05 }]]);
      const answer = await answerOf(await post(url, initialize));
      expect([hook, Object.hasOwn(Object(answer) as object, 'result')]).toEqual([hook, goes]);
    }
  });

  it('hold back the answer of a server until the hook is through, whole and in order', async () => {
    const text = 'x'.repeat(3_000_000);
    await using upstream = await startUpstream((response, { id }) => {
      if (id !== 1) return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const part = {
        jsonrpc: '2.0',
        method: 'notifications/message',
        params: { level: 'info', data: 'first' },
      };
      response.write(`data: ${JSON.stringify(part)}\n\n`);
      response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: { text } })}\n\n`);
      return true;
    });
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHeld = false;
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_post_forwarding_call: async ({ responseHeaders }) => {
            if (responseHeaders['content-type'] !== 'text/event-stream') return;
            isHeld = true;
            await held;
          },
        },
      ],
    ]);
    const session = await openSession(url);
    let isAnswered = false;
    const answering = post(url, call, session).then(async (response) => {
      isAnswered = true;
      return answerOf(response);
    });
    await expect.poll(() => isHeld).toBe(true);
    expect(isAnswered).toBe(false);
    release();
    expect(await answering).toEqual({ jsonrpc: '2.0', id: 1, result: { text } });
  });

  it('run for each server of several behind one address', async () => {
    const seen: unknown[] = [];
    await using one = await startUpstream();
    await using two = await startUpstream();
    const { url } = await startGuarded({ one: { url: one.url }, two: { url: two.url } }, [
      [
        {
          http_pre_forwarding_call: ({ method }, { serverId, metadata }) =>
            void seen.push([serverId, method, metadata['method']]),
        },
      ],
    ]);
    await openSession(url);
    expect(seen).toEqual([
      ['one', 'POST', 'initialize'],
      ['two', 'POST', 'initialize'],
    ]);
  });

  it('run around what goes to a server over server-sent events, and before its answer is given', async () => {
    const seen: unknown[] = [];
    const { url } = await startGuarded({ s: await startEverythingOverSse() }, [
      [
        {
          http_pre_forwarding_call: ({ method }, { metadata }) =>
            void seen.push(['pre', method, metadata['method']]),
          http_post_forwarding_call: async ({ method }) => {
            await new Promise((resolve) => setImmediate(resolve));
            seen.push(['post', method]);
          },
        },
      ],
    ]);
    await openSession(url);
    expect(seen).toEqual([
      ['pre', 'GET', 'GET'],
      ['post', 'GET'],
      ['pre', 'POST', 'initialize'],
      ['post', 'POST'],
    ]);
  });

  it('withhold an answer that comes over another connection before the hook has seen how its request fared', async () => {
    const texts: string[] = [];
    let stream: ServerResponse | undefined;
    const server = createServer((request, response) => {
      if (request.method === 'GET') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: endpoint\ndata: /messages\n\n');
        stream = response;
        return;
      }
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const { id, method } = JSON.parse(body) as { id?: number; method: string };
        texts.push(method);
        stream?.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: { secret: method } })}\n\n`);
        // The answer is on its way first.
        setImmediate(() => response.writeHead(202).end());
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    let blocks = false;
    const { url, gateway } = await startGuarded({ s: { url: `http://127.0.0.1:${port}/sse`, type: 'sse' } }, [
      [
        {
          http_post_forwarding_call: async () => {
            await new Promise((resolve) => setImmediate(resolve));
            return blocks ? block(no) : undefined;
          },
        },
      ],
    ]);
    const session = await openSession(url);
    expect(await answerOf(await post(url, { id: 7, method: 'ping' }, session))).toMatchObject({
      result: { secret: 'ping' },
    });
    blocks = true;
    const answer = await answerOf(await post(url, call, session));
    expect(answer).toMatchObject({ result: { isError: true } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(texts).toEqual(['initialize', 'ping', 'tools/call']);
    await gateway.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('refuse everything while plugins cannot be run', async () => {
    await using upstream = await startUpstream();
    const { url, manager, lines } = await startGuarded({ s: { url: upstream.url } }, [
      [{ http_pre_forwarding_call: () => undefined }],
    ]);
    const session = await openSession(url);
    await manager.shutdown();
    expect((await post(url, call, session)).status).toBe(503);
    expect(lines.at(-2)?.[0]).toContain('could not be guarded');
    expect(upstream.methods).toEqual(['POST']);
  });
});
