import { block, type HookHandlers, modify, respond } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { startRelay, startRelayWith } from '../support/start-relay.js';

const call = (id: string | number, params: object): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params,
});

describe('a manager that is shut down', () => {
  it('lets no call through, not even one that no plugin was configured for', async () => {
    const { client, server, manager } = await startRelay({ tool_pre_invoke: () => undefined });
    await manager.shutdown();
    client.send(call(1, { name: 't' }));
    client.send({ jsonrpc: '2.0', id: 2, method: 'prompts/get', params: { name: 'p' } });
    client.send({ jsonrpc: '2.0', id: 3, method: 'ping' });
    const answers = [await client.nextMessage(), await client.nextMessage()];
    expect(answers).toMatchObject([
      { id: 1, error: { code: expect.any(Number) } },
      { id: 2, error: { code: expect.any(Number) } },
    ]);
    expect(JSON.parse(await server.nextText())).toMatchObject({ id: 3, method: 'ping' });
  });
});

describe('a pre hook', () => {
  it('changes the arguments and nothing else', async () => {
    const { client, server } = await startRelay({
      tool_pre_invoke: (payload) => modify({ ...payload, args: { ...payload.args, ssn: '[masked]' } }),
    });
    const params = {
      name: 't',
      arguments: { ssn: '123', other: 1 },
      _meta: { progressToken: 1 },
      future: [true],
    };
    client.send({ ...call('a', params), extra: 'kept' });
    expect(JSON.parse(await server.nextText())).toEqual({
      ...call('a', { ...params, arguments: { ssn: '[masked]', other: 1 } }),
      extra: 'kept',
    });
  });

  it('gives arguments to a call that had none', async () => {
    const { client, server } = await startRelay({
      tool_pre_invoke: (payload) => modify({ ...payload, args: { added: true } }),
    });
    client.send(call(1, { name: 't' }));
    expect(JSON.parse(await server.nextText())).toEqual(call(1, { name: 't', arguments: { added: true } }));
  });

  it('blocks a tool call with a result that a model can read and a program can use', async () => {
    const { client, server, logged } = await startRelay({
      tool_pre_invoke: () =>
        block({ code: 'DENIED', reason: 'The word "x" is denied.', details: { secret: 's' } }),
    });
    client.send(call(7, { name: 't', arguments: { text: 'x' } }));
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 7,
      result: {
        content: [
          {
            type: 'text',
            text: 'Blocked by the plugin "plugin-1": The word "x" is denied (DENIED). Do not retry this call unchanged.',
          },
        ],
        isError: true,
        _meta: {
          'mcpplugins.dev/violation': {
            code: 'DENIED',
            reason: 'The word "x" is denied.',
            plugin: 'plugin-1',
            hook: 'tool_pre_invoke',
          },
        },
      },
    });
    expect(await server.rest()).toEqual([]);
    expect(logged).toEqual(['tools/call was blocked']);
  });

  it('blocks a call that asks for a task with an error, for no task can be made', async () => {
    const { client } = await startRelay({ tool_pre_invoke: () => block({ code: 'DENIED', reason: 'no' }) });
    client.send(call(7, { name: 't', task: { ttl: 1 } }));
    expect(await client.nextMessage()).toMatchObject({
      id: 7,
      error: { code: -32602, data: { plugin_error_code: 'DENIED' } },
    });
  });

  it.each([
    ['prompts/get', { name: 'p' }],
    ['resources/read', { uri: 'demo://x' }],
  ])('blocks %s with the error of ContextForge', async (method, params) => {
    const violation = {
      code: 'DENIED',
      reason: 'no',
      description: 'longer',
      details: { a: 1 },
      mcpErrorCode: -32001,
    };
    const { client, server } = await startRelay({
      prompt_pre_fetch: () => block(violation),
      resource_pre_fetch: () => block(violation),
    });
    client.send({ jsonrpc: '2.0', id: 0, method, params });
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 0,
      error: {
        code: -32001,
        message: 'Plugin Violation: longer',
        data: {
          description: 'longer',
          details: { a: 1 },
          plugin_error_code: 'DENIED',
          plugin_name: 'plugin-1',
        },
      },
    });
    expect(await server.rest()).toEqual([]);
  });

  it('takes the default code and the reason where the violation says no more', async () => {
    const { client } = await startRelay({ prompt_pre_fetch: () => block({ code: 'DENIED', reason: 'no' }) });
    client.send({ jsonrpc: '2.0', id: 0, method: 'prompts/get', params: { name: 'p' } });
    expect(await client.nextMessage()).toMatchObject({
      error: {
        code: -32602,
        message: 'Plugin Violation: no',
        data: { description: 'no', plugin_error_code: 'DENIED', plugin_name: 'plugin-1' },
      },
    });
  });

  it('answers in place of the server, and the post hook sees that answer', async () => {
    const { client, server } = await startRelay({
      tool_pre_invoke: () => respond({ content: [{ type: 'text', text: 'cached' }] }),
      tool_post_invoke: (payload) =>
        modify({ ...payload, result: { ...(payload.result as object), seen: true } }),
    });
    client.send(call('r', { name: 't' }));
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 'r',
      result: { content: [{ type: 'text', text: 'cached' }], seen: true },
    });
    expect(await server.rest()).toEqual([]);
  });

  it('blocks when it throws', async () => {
    const { client, server } = await startRelay({
      tool_pre_invoke: () => {
        throw new Error('broken');
      },
    });
    client.send(call(1, { name: 't' }));
    expect(await client.nextMessage()).toMatchObject({
      result: {
        isError: true,
        _meta: { 'mcpplugins.dev/violation': { code: 'PLUGIN_ERROR', plugin: 'plugin-1' } },
      },
    });
    expect(await server.rest()).toEqual([]);
  });

  it('sees and changes the _meta of a resource request', async () => {
    const { client, server } = await startRelay({
      resource_pre_fetch: (payload) => modify({ ...payload, metadata: { ...payload.metadata, added: 1 } }),
    });
    client.send({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'u', _meta: { a: 1 } } });
    expect(await server.nextMessage()).toMatchObject({ params: { uri: 'u', _meta: { a: 1, added: 1 } } });
  });

  it('knows server, method and a request id of its own', async () => {
    const seen: unknown[] = [];
    const { client, server } = await startRelay({
      tool_pre_invoke: (_payload, { requestId, serverId, metadata }) =>
        void seen.push({ requestId, serverId, metadata }),
    });
    client.send(call(1, { name: 't' }));
    client.send(call(2, { name: 't' }));
    await server.rest();
    const expected = {
      serverId: 'test-server',
      metadata: { method: 'tools/call', session: expect.any(String) as string },
    };
    expect(seen).toMatchObject([expected, expected]);
    expect(new Set(seen.map((one) => (one as { requestId: string }).requestId)).size).toBe(2);
  });
});

describe('a blocked tool call', () => {
  it('is answered with a JSON-RPC error where the host says so', async () => {
    const { client } = await startRelayWith(
      { blockedToolCalls: 'error' },
      {
        tool_pre_invoke: () => block({ code: 'DENIED', reason: 'no' }),
      },
    );
    client.send(call(1, { name: 't' }));
    expect(await client.nextMessage()).toMatchObject({
      id: 1,
      error: { code: -32602, data: { plugin_error_code: 'DENIED', plugin_name: 'plugin-1' } },
    });
  });
});

describe('a post hook', () => {
  const mask = {
    tool_post_invoke: (payload) =>
      modify({
        ...payload,
        result: { ...(payload.result as object), content: [{ type: 'text', text: '[masked]' }] },
      }),
  } satisfies HookHandlers;

  it('changes a result and keeps every other field', async () => {
    const { client, server } = await startRelay(mask);
    client.send(call(0, { name: 't' }));
    await server.next();
    server.send(
      '{"jsonrpc":"2.0","id":0,"result":{"content":[],"_meta":{"x":1},"structuredContent":{"a":1}},"extra":1}',
    );
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 0,
      result: { content: [{ type: 'text', text: '[masked]' }], _meta: { x: 1 }, structuredContent: { a: 1 } },
      extra: 1,
    });
  });

  it('runs on a result with isError', async () => {
    const { client, server } = await startRelay(mask);
    client.send(call(0, { name: 't' }));
    await server.next();
    server.send(
      '{"jsonrpc":"2.0","id":0,"result":{"content":[{"type":"text","text":"secret"}],"isError":true}}',
    );
    expect(await client.nextMessage()).toMatchObject({
      result: { content: [{ text: '[masked]' }], isError: true },
    });
  });

  it('runs on an error and can change it', async () => {
    const { client, server } = await startRelay({
      tool_post_invoke: ({ name, error }) =>
        error && modify({ name, error: { ...error, message: 'masked', data: undefined } }),
    });
    client.send(call(0, { name: 't' }));
    await server.next();
    server.send(
      '{"jsonrpc":"2.0","id":0,"error":{"code":-32000,"message":"secret","data":{"stack":"secret"}}}',
    );
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 0,
      error: { code: -32000, message: 'masked' },
    });
  });

  it('can turn an error into a result', async () => {
    const { client, server } = await startRelay({
      tool_post_invoke: ({ name }) => modify({ name, result: { content: [] } }),
    });
    client.send(call(0, { name: 't' }));
    await server.next();
    server.send('{"jsonrpc":"2.0","id":0,"error":{"code":-32000,"message":"secret"}}');
    expect(await client.nextMessage()).toEqual({ jsonrpc: '2.0', id: 0, result: { content: [] } });
  });

  it('gives a malformed error a shape before plugins see it', async () => {
    const seen: unknown[] = [];
    const { client, server } = await startRelay({ tool_post_invoke: ({ error }) => void seen.push(error) });
    client.send(call(0, { name: 't' }));
    await server.next();
    server.send('{"jsonrpc":"2.0","id":0,"error":"boom"}');
    expect(await client.nextMessage()).toMatchObject({ error: { code: -32603 } });
    expect(seen).toMatchObject([{ code: -32603 }]);
  });

  it('holds a result back', async () => {
    const { client, server } = await startRelay({
      tool_post_invoke: () => block({ code: 'LEAK', reason: 'secret found' }),
      prompt_post_fetch: () => block({ code: 'LEAK', reason: 'secret found' }),
    });
    client.send(call(0, { name: 't' }));
    client.send({ jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name: 'p' } });
    await server.rest();
    server.send('{"jsonrpc":"2.0","id":0,"result":{"content":[{"type":"text","text":"secret"}]}}');
    server.send('{"jsonrpc":"2.0","id":1,"result":{"messages":[]}}');
    expect(await client.nextMessage()).toMatchObject({
      result: {
        isError: true,
        _meta: { 'mcpplugins.dev/violation': { code: 'LEAK', hook: 'tool_post_invoke' } },
      },
    });
    expect(await client.nextMessage()).toMatchObject({
      error: { code: -32602, data: { plugin_error_code: 'LEAK' } },
    });
  });

  it('blocks when what it answers is no result', async () => {
    const { client, server } = await startRelay({
      tool_post_invoke: ({ name }) => modify({ name, result: 'text' }),
    });
    client.send(call(0, { name: 't' }));
    await server.next();
    server.send('{"jsonrpc":"2.0","id":0,"result":{"content":[]}}');
    expect(await client.nextMessage()).toMatchObject({
      result: { isError: true, _meta: { 'mcpplugins.dev/violation': { code: 'PLUGIN_ERROR' } } },
    });
  });

  it('changes the contents of a resource', async () => {
    const { client, server } = await startRelay({
      resource_post_fetch: (payload) =>
        modify({ ...payload, content: { contents: [{ uri: payload.uri, text: 'm' }] } }),
    });
    client.send({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'u' } });
    await server.next();
    server.send('{"jsonrpc":"2.0","id":1,"result":{"contents":[{"uri":"u","text":"secret"}],"ttl":1}}');
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { contents: [{ uri: 'u', text: 'm' }] },
    });
  });
});

describe('a message that could be read in two ways', () => {
  const guard = { tool_pre_invoke: () => undefined, tool_post_invoke: () => undefined };

  it('goes on as it was parsed when a key is written twice', async () => {
    const { client, server } = await startRelay(guard);
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"safe","name":"evil"}}');
    expect(await server.nextText()).toBe(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"evil"}}',
    );
    server.send('{"jsonrpc":"2.0","id":1,"result":{"content":[],"content":[1]}}');
    expect(await client.nextText()).toBe('{"jsonrpc":"2.0","id":1,"result":{"content":[1]}}');
  });

  it('goes on as it was parsed also where no plugin looks', async () => {
    const { client, server } = await startRelay(guard);
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"},"method":"ping"}');
    expect(await server.nextText()).toBe('{"jsonrpc":"2.0","id":1,"method":"ping","params":{"name":"x"}}');
    server.send('{"jsonrpc":"2.0","id":7,"id":1,"result":{}}');
    expect(await client.nextText()).toBe('{"jsonrpc":"2.0","id":1,"result":{}}');
  });

  it.each([
    '{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call","params":{"name":"x"}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"safe","Name":"evil"}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"safe","argument\u017F":{}}}',
  ])('is refused when a parser that ignores letter case would read it in another way: %s', async (text) => {
    const { client, server } = await startRelay(guard);
    client.send(text);
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32600 } });
    expect(await server.rest()).toEqual([]);
  });

  it('is dropped when it is a notification', async () => {
    const { client, server } = await startRelay(guard);
    client.send('{"jsonrpc":"2.0","method":"notifications/x","Method":"tools/call","params":{"name":"x"}}');
    expect(await server.rest()).toEqual([]);
  });

  it('is answered with an error when it is an answer', async () => {
    const { client, server } = await startRelay(guard);
    client.send(call(1, { name: 't' }));
    await server.next();
    server.send('{"jsonrpc":"2.0","id":1,"result":{"content":[]},"Result":{"content":[1]}}');
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32603 } });
  });

  it.each([
    ['nested 100 000 levels deep', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['with a number beyond a double', '{"a":1e400}'],
  ])('is refused %s', async (_name, args) => {
    const { client, server } = await startRelay(guard);
    client.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","arguments":${args}}}`);
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32600 } });
    expect(await server.rest()).toEqual([]);
  });

  it.each([
    ['tools/call', {}],
    ['tools/call', { name: 5 }],
    ['tools/call', { name: 't', arguments: [] }],
    ['tools/call', { name: 't', arguments: null }],
    ['prompts/get', { name: 'p', arguments: { a: 1 } }],
    ['resources/read', { uri: ['u'] }],
  ])('is refused when its params do not fit: %s %j', async (method, params) => {
    const nothing = (): undefined => undefined;
    const { client, server } = await startRelay({
      tool_pre_invoke: nothing,
      prompt_pre_fetch: nothing,
      resource_pre_fetch: nothing,
    });
    client.send({ jsonrpc: '2.0', id: 1, method, params });
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32602 } });
    expect(await server.rest()).toEqual([]);
  });
});
