// The gateway with five plugins on each hook of tool calls, or as many as PLUGINS says.
//   gateway.mjs http PLUGINS URL              prints its URL
//   gateway.mjs http PLUGINS FILE ARGS…       the same, the server over stdio
//   gateway.mjs stdio PLUGINS FILE ARGS…      on its standard streams
//   gateway.mjs stdio PLUGINS URL             the same relay, the server over HTTP
import { definePlugin, PluginManager, silentLogger } from '@mcpplugins/framework-core';
import { gatewayHooks, Relay, serveHttp, serveStdio } from '@mcpplugins/gateway';
import { StdioServerTransport, StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';

const [side, count, target = '', ...args] = process.argv.slice(2);
const passthrough = definePlugin({
  name: 'passthrough',
  hooks: () => ({ tool_pre_invoke: () => undefined, tool_post_invoke: () => undefined }),
});
const manager = await PluginManager.start({
  plugins: Array.from({ length: Number(count) }, (_, index) => ({
    config: { name: `passthrough-${index}`, kind: 'inline' },
    load: () => passthrough,
  })),
  fires: gatewayHooks,
});
const command = { command: process.execPath, args: [target, ...args] };
if (side === 'stdio' && target.startsWith('http:')) {
  const client = new StdioServerTransport();
  const upstream = new StreamableHttpClientTransport({ url: target });
  const relay = new Relay({ client, upstream, manager, serverName: 'raw', logger: silentLogger });
  client.onclose = () => {
    relay.close();
    void upstream.close();
  };
  await upstream.start();
  await client.start();
} else if (side === 'stdio') {
  await (
    await serveStdio({ manager, serverName: 'raw', ...command })
  ).closed;
} else {
  const raw = target.startsWith('http:') ? { url: target } : command;
  const gateway = await serveHttp({ manager, servers: { raw } });
  console.log(new URL('/mcp', gateway.url).href);
}
