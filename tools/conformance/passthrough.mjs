// A plugin on every hook of the gateway that lets everything pass. `passthrough.mjs serve` serves it over stdio.
import { definePlugin } from '@mcpplugins/framework-core';
import { gatewayHooks } from '@mcpplugins/gateway';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';

export const passthrough = definePlugin({
  name: 'passthrough',
  hooks: () => Object.fromEntries(gatewayHooks.map((hook) => [hook, () => undefined])),
});

/** @type {import('@mcpplugins/framework-core').PluginRegistration} */
export const passthroughRegistration = {
  config: { name: 'passthrough', kind: 'inline' },
  load: () => passthrough,
};

if (process.argv[2] === 'serve') {
  const server = await servePlugins({ plugins: [passthroughRegistration], transport: 'stdio' });
  await server.closed;
}
