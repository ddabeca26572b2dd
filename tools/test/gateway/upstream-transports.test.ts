import { block, definePlugin, modify, PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, httpGatewayHooks, serveHttp } from '@mcpplugins/gateway';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { startHttpFaultServer, startSseFaultServer, startWebSocketFaultServer } from '@mcpplugins/testing';
import { describe, expect, it } from 'vitest';

const guard = definePlugin({
  name: 'guard',
  hooks: () => ({
    tool_pre_invoke: ({ args }) =>
      args['word'] === 'forbidden' ? block({ code: 'DENIED', reason: 'A word is denied' }) : undefined,
  }),
});

async function startGateway(server: { readonly url: string; readonly type?: 'http' | 'sse' | 'ws' }) {
  const manager = await PluginManager.start({
    fires: gatewayHooks,
    plugins: [{ config: { name: 'guard', kind: 'test' }, load: () => guard }],
  });
  return serveHttp({ manager, servers: { server }, drainMs: 200 });
}

describe.each([
  ['http', startHttpFaultServer],
  ['sse', startSseFaultServer],
  ['ws', startWebSocketFaultServer],
  [undefined, startWebSocketFaultServer],
] as const)('an upstream of type %s behind the gateway', (type, start) => {
  it('has its calls guarded; what it does wrong ends in an error and not in a wait', async () => {
    await using upstream = await start();
    await using gateway = await startGateway({ url: upstream.url, ...(type && { type }) });
    const client = new Client({ name: 'client', version: '1.0.0' });
    await client.connect(new StreamableHttpClientTransport({ url: new URL('/mcp', gateway.url) }));
    const call = (args: Record<string, unknown>) => client.callTool({ name: 'invoke_hook', arguments: args });
    expect(await call({ word: 'fine' })).toMatchObject({ content: [{ type: 'text' }] });
    expect(await call({ word: 'forbidden' })).toMatchObject({ isError: true });
    // Over Streamable HTTP this is called otherwise.
    const fault = type === 'http' ? 'reset-before' : 'cut';
    await expect(call({ payload: { args: { fault } } })).rejects.toThrow(
      /was lost before its answer|ended the session/,
    );
    await client.close();
  });
});

it('the opening of a WebSocket to a server is guarded like any other HTTP request', async () => {
  const seen: unknown[] = [];
  let isBlocked = false;
  const headers = definePlugin({
    name: 'headers',
    hooks: () => ({
      http_pre_forwarding_call: (payload) => {
        if (isBlocked) return block({ code: 'DENIED', reason: 'Not there' });
        return modify({ ...payload, headers: { ...payload.headers, 'x-team': 'blue' } });
      },
      http_post_forwarding_call: ({ url, method, headers: sent, statusCode }) =>
        void seen.push([new URL(url).protocol, method, sent['x-team'], statusCode]),
    }),
  });
  const lines: string[] = [];
  const log = (message: string): void => void lines.push(message);
  const manager = await PluginManager.start({
    fires: httpGatewayHooks,
    plugins: [{ config: { name: 'headers', kind: 'test' }, load: () => headers }],
  });
  await using upstream = await startWebSocketFaultServer();
  await using gateway = await serveHttp({
    manager,
    servers: { server: { url: upstream.url } },
    drainMs: 200,
    logger: { debug: log, info: log, warn: log, error: log },
  });
  const connect = async (): Promise<Client> => {
    const client = new Client({ name: 'client', version: '1.0.0' });
    await client.connect(new StreamableHttpClientTransport({ url: new URL('/mcp', gateway.url) }));
    return client;
  };
  const client = await connect();
  expect(await client.callTool({ name: 'invoke_hook', arguments: {} })).toMatchObject({
    content: [{ type: 'text' }],
  });
  expect(seen).toEqual([['ws:', 'GET', 'blue', 101]]);
  await client.close();
  isBlocked = true;
  await expect(connect()).rejects.toThrow('could not be started');
  expect(lines).toContain('GET to the server was blocked');
});
