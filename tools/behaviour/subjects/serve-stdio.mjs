// Serves behaviour plugins over stdio: `node serve-stdio.mjs CONFIGURATIONS.json`
import { readFileSync } from 'node:fs';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';
import { BehaviourPlugin } from '../behaviour.mjs';

/** @type {readonly import('@mcpplugins/framework-core').PluginConfigInput[]} */
const configs = JSON.parse(readFileSync(String(process.argv[2]), 'utf8'));
const server = await servePlugins({
  plugins: configs.map((config) => ({ config, load: () => BehaviourPlugin })),
  transport: 'stdio',
});
await server.closed;
