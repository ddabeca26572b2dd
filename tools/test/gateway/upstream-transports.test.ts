import { block, definePlugin, PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, serveHttp } from '@mcpplugins/gateway';
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
