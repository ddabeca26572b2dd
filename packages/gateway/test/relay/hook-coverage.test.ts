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
