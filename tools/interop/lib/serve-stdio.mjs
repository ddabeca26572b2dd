// Our plugin server over stdio, as Python hosts start it.
import { servePlugins } from '@mcpplugins/plugin-server-runtime';
import { InteropPlugin } from './our-plugin.mjs';

const server = await servePlugins({
  plugins: [{ config: { name: 'InteropPlugin', kind: 'interop' }, load: () => InteropPlugin }],
  transport: 'stdio',
});
await server.closed;
