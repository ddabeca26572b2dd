import { block, type HookHandlers, modify } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { startRelay } from '../support/start-relay.js';

const request = (id: number, method: string, params: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

describe.each([
  ['tools/list', 'tool_post_list', 'tools'],
  ['prompts/list', 'prompt_post_list', 'prompts'],
  ['resources/list', 'resource_post_list', 'resources'],
  ['resources/templates/list', 'resource_post_list', 'resourceTemplates'],
] as const)('%s', (method, hook, key) => {
  const filter = {
    [hook]: (payload: { readonly result?: unknown }) =>
      payload.result === undefined
        ? undefined
        : modify({ result: { ...(payload.result as object), [key]: [] } }),
  } as HookHandlers;

  it('has each page filtered, and keeps its cursor and other fields', async () => {
    const { client, server } = await startRelay(filter);
    client.send(request(1, method, { cursor: 'c' }));
    expect(JSON.parse(await server.nextText())).toEqual(request(1, method, { cursor: 'c' }));
    server.send({
      jsonrpc: '2.0',
      id: 1,
      result: { [key]: [{ name: 'hidden' }], nextCursor: 'next', more: 1 },
    });
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { [key]: [], nextCursor: 'next', more: 1 },
    });
  });

  it('is blocked with an error', async () => {
    const { client, server } = await startRelay({
      [hook]: () => block({ code: 'POISONED', reason: 'a description changed' }),
    } as HookHandlers);
    client.send(request(1, method));
    await server.next();
    server.send({ jsonrpc: '2.0', id: 1, result: { [key]: [] } });
    expect(await client.nextMessage()).toMatchObject({
      id: 1,
      error: { data: { plugin_error_code: 'POISONED' } },
    });
  });
});

describe.each([
  ['sampling/createMessage', 'sampling_pre_create', 'sampling_post_complete'],
  ['elicitation/create', 'elicitation_pre_create', 'elicitation_post_response'],
] as const)('%s', (method, pre, post) => {
  it('is changed on its way to the client, and its answer on the way back', async () => {
    const { client, server } = await startRelay({
      [pre]: (payload: { readonly params: object }) =>
        modify({ params: { ...payload.params, message: 'masked' } }),
      [post]: () => modify({ result: { masked: true } }),
    } as HookHandlers);
    server.send(request(0, method, { message: 'secret', other: 1, _meta: { progressToken: 4 } }));
    expect(await client.nextMessage()).toEqual(
      request(0, method, { message: 'masked', other: 1, _meta: { progressToken: 4 } }),
    );
    client.send({ jsonrpc: '2.0', id: 0, result: { secret: 1 } });
    expect(await server.nextMessage()).toEqual({ jsonrpc: '2.0', id: 0, result: { masked: true } });
  });

  it('is answered with an error when it is blocked, and never reaches the client', async () => {
    const { client, server } = await startRelay({
      [pre]: () => block({ code: 'PHISHING', reason: 'asks for a password' }),
    } as HookHandlers);
    server.send(request(0, method, { message: 'password?' }));
    expect(await server.nextMessage()).toMatchObject({
      id: 0,
      error: { code: -32602, data: { plugin_error_code: 'PHISHING', plugin_name: 'plugin-1' } },
    });
    expect(await client.rest()).toEqual([]);
  });

  it('has the answer of the client held back when that is blocked', async () => {
    const { client, server } = await startRelay({
      [post]: () => block({ code: 'LEAK', reason: 'the answer has a secret' }),
    } as HookHandlers);
    server.send(request(0, method));
    await client.next();
    client.send({ jsonrpc: '2.0', id: 0, result: { secret: 1 } });
    expect(await server.nextMessage()).toMatchObject({
      id: 0,
      error: { data: { plugin_error_code: 'LEAK' } },
    });
  });
});

describe('roots/list', () => {
  it('has the answer of the client filtered', async () => {
    const { client, server } = await startRelay({ roots_post_list: () => modify({ result: { roots: [] } }) });
    server.send(request(0, 'roots/list'));
    await client.next();
    client.send({ jsonrpc: '2.0', id: 0, result: { roots: [{ uri: 'file:///home' }] } });
    expect(await server.nextMessage()).toEqual({ jsonrpc: '2.0', id: 0, result: { roots: [] } });
  });
});

describe('every string of a tool result', () => {
  it('is in the payload of the post hook, whatever its kind', async () => {
    const seen: unknown[] = [];
    const { client, server } = await startRelay({ tool_post_invoke: ({ result }) => void seen.push(result) });
    const result = {
      content: [
        { type: 'text', text: 'a' },
        { type: 'resource', resource: { uri: 'b', text: 'c' } },
        { type: 'resource_link', uri: 'd', description: 'e' },
        { type: 'of the future', anything: { deep: ['f'] } },
      ],
      structuredContent: { g: 'h' },
      _meta: { i: 'j' },
      isError: true,
      unknown: 'k',
    };
    client.send(request(1, 'tools/call', { name: 't' }));
    await server.next();
    server.send({ jsonrpc: '2.0', id: 1, result });
    expect(await client.nextMessage()).toEqual({ jsonrpc: '2.0', id: 1, result });
    expect(seen).toEqual([result]);
  });
});

describe('completion/complete', () => {
  it('is changed on its way to the server, and its answer on the way back', async () => {
    const { client, server } = await startRelay({
      completion_pre_complete: ({ params }) =>
        modify({ params: { ...params, argument: { name: 'a', value: '' } } }),
      completion_post_complete: () => modify({ result: { completion: { values: [] } } }),
    });
    client.send(
      request(1, 'completion/complete', {
        ref: { type: 'ref/prompt', name: 'p' },
        argument: { name: 'a', value: 'secret' },
      }),
    );
    expect(await server.nextMessage()).toEqual(
      request(1, 'completion/complete', {
        ref: { type: 'ref/prompt', name: 'p' },
        argument: { name: 'a', value: '' },
      }),
    );
    server.send({ jsonrpc: '2.0', id: 1, result: { completion: { values: ['secret'] } } });
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { completion: { values: [] } },
    });
  });

  it('is answered with an error when it is blocked', async () => {
    const { client } = await startRelay({
      completion_pre_complete: () => block({ code: 'NO_ORACLE', reason: 'tells what there is' }),
    });
    client.send(request(1, 'completion/complete', {}));
    expect(await client.nextMessage()).toMatchObject({
      id: 1,
      error: { data: { plugin_error_code: 'NO_ORACLE' } },
    });
  });
});

const notice = (method: string, params: object) => ({ jsonrpc: '2.0', method, params });
const log = (data: string) => notice('notifications/message', { level: 'info', logger: 'l', data });

describe('U5: notifications of the server that carry text', () => {
  it('are changed on their way to the client', async () => {
    const { client, server } = await startRelay({
      notification_pre_send: (payload) =>
        modify({ ...payload, params: { ...payload.params, data: 'masked', progressToken: 'wrong' } }),
    });
    client.send(request(1, 'tools/call', { name: 't', _meta: { progressToken: 'p' } }));
    await server.next();
    server.send(notice('notifications/progress', { progressToken: 'p', progress: 1, message: 'secret' }));
    expect(await client.nextMessage()).toEqual(
      notice('notifications/progress', {
        progressToken: 'p',
        progress: 1,
        message: 'secret',
        data: 'masked',
      }),
    );
    server.send(log('secret'));
    expect(await client.nextMessage()).toMatchObject({
      params: { level: 'info', logger: 'l', data: 'masked' },
    });
  });

  it('are dropped when they are blocked, or when a plugin fails', async () => {
    const { client, server, logged } = await startRelay({
      notification_pre_send: ({ params }) => {
        if (params['data'] === 'fail') throw new Error('no');
        return params['data'] === 'secret' ? block({ code: 'SECRET', reason: 'r' }) : undefined;
      },
    });
    for (const data of ['secret', 'fail', 'harmless']) server.send(log(data));
    expect(await client.nextMessage()).toEqual(log('harmless'));
    expect(await client.rest()).toEqual([]);
    expect(logged).toEqual(['notifications/message was blocked', 'notifications/message was blocked']);
  });

  it('keep their order, and come before the answer that the server gave after them, however slow a hook is', async () => {
    const { client, server } = await startRelay({
      notification_pre_send: async ({ params }) => {
        if (params['data'] === 'slow') await new Promise((resolve) => setImmediate(resolve));
      },
    });
    client.send(request(1, 'tools/call', { name: 't' }));
    await server.next();
    server.send(log('slow'));
    server.send(notice('notifications/tools/list_changed', {}));
    server.send(log('quick'));
    server.send({ jsonrpc: '2.0', id: 1, result: {} });
    const received = [];
    for (let count = 0; count < 4; count++) received.push(await client.nextMessage());
    expect(received).toEqual([
      log('slow'),
      notice('notifications/tools/list_changed', {}),
      log('quick'),
      { jsonrpc: '2.0', id: 1, result: {} },
    ]);
  });

  it('pass byte for byte where no plugin looks, and are never looked at on the way to the server', async () => {
    const { client, server } = await startRelay({ tool_pre_invoke: () => undefined });
    const text = '{"jsonrpc":"2.0", "method":"notifications/message","params":{"data":1.0}}';
    server.send(text);
    expect(await client.nextText()).toBe(text);
    const guarded = await startRelay({ notification_pre_send: () => block({ code: 'NO', reason: 'r' }) });
    guarded.client.send(log('from the client'));
    expect(await guarded.server.nextMessage()).toEqual(log('from the client'));
  });

  it('are dropped, not sent on, once the session is over', async () => {
    let release = (): void => {};
    const { client, server, relay } = await startRelay({
      notification_pre_send: () => new Promise<undefined>((resolve) => (release = () => resolve(undefined))),
    });
    server.send(log('late'));
    await new Promise((resolve) => setImmediate(resolve));
    relay.close();
    release();
    expect(await client.rest()).toEqual([]);
  });
});
