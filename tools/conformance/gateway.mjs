// The gateway as the suite meets it: `gateway.mjs CONFIGURATION UPSTREAM`, where the upstream is a URL or `stdio`. Prints its URL.
import { join } from 'node:path';
import { definePlugin, PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, httpIdentityFields, serveHttp } from '@mcpplugins/gateway';
import PiiFilter from '@mcpplugins/plugin-pii-filter';
import DenyFilter from '@mcpplugins/plugin-deny-filter';

const passthrough = definePlugin({
  name: 'passthrough',
  hooks: () => Object.fromEntries(gatewayHooks.map((hook) => [hook, () => undefined])),
});

/**
 * Plugins of each configuration.
 *
 * @type {Record<string, import('@mcpplugins/framework-core').PluginRegistration[]>}
 */
const configurations = {
  none: [],
  passthrough: [{ config: { name: 'passthrough', kind: 'inline' }, load: () => passthrough }],
  guards: [
    { config: { name: 'pii', kind: '@mcpplugins/plugin-pii-filter' }, load: () => PiiFilter },
    {
      config: {
        name: 'deny',
        kind: '@mcpplugins/plugin-deny-filter',
        config: { words: ['a-word-of-no-scenario'] },
      },
      load: () => DenyFilter,
    },
  ],
};

const [configuration = '', upstream = ''] = process.argv.slice(2);
const manager = await PluginManager.start({
  plugins: configurations[configuration] ?? [],
  fires: gatewayHooks,
  supplies: httpIdentityFields,
});
const fixture =
  upstream === 'stdio'
    ? { command: process.execPath, args: [join(import.meta.dirname, 'fixture-server.mjs'), 'stdio'] }
    : { url: upstream };
const gateway = await serveHttp({ manager, servers: { fixture } });
process.stdout.write(`http://localhost:${gateway.url.port}/mcp\n`);
process.once('SIGTERM', () => void gateway.close().then(() => manager.shutdown()));
