// Our plugin server: `node serve.mjs stdio`, or `node serve.mjs http|stateless|PATH` (prints its address).
import { definePlugin } from '@mcpplugins/framework-core';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';

const how = process.argv[2] ?? 'stdio';
const pass = definePlugin({ name: 'pass', hooks: () => ({ tool_pre_invoke: () => undefined }) });
const server = await servePlugins({
  plugins: [{ config: { name: 'pass', kind: 'pass' }, load: () => pass }],
  transport: how === 'stdio' ? 'stdio' : 'http',
  settings: how.startsWith('/') ? { uds: how } : { port: 0, stateless: how === 'stateless' },
});
if (how !== 'stdio') console.log(server.address);
