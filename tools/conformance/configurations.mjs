// The configurations of plugins with which the suite is run.
import { join } from 'node:path';
import { externalKind } from '@mcpplugins/external-client';
import { resolvePluginConfig } from '@mcpplugins/framework-core';
import DenyFilter from '@mcpplugins/plugin-deny-filter';
import PiiFilter from '@mcpplugins/plugin-pii-filter';
import ResourceFilter from '@mcpplugins/plugin-resource-filter';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';
import { passthrough, passthroughRegistration } from './passthrough.mjs';

/** @typedef {import('@mcpplugins/framework-core').PluginRegistration} PluginRegistration */
/** @typedef {{ plugins: readonly PluginRegistration[]; close(): Promise<void> }} Opened */

const nothing = async () => {};

/**
 * Every first-party guard, on what the fixture has.
 *
 * @param {readonly (string | object)[]} words of the deny filter
 * @returns {readonly PluginRegistration[]}
 */
export function allGuards(words) {
  return [
    { config: { name: 'pii', kind: '@mcpplugins/plugin-pii-filter' }, load: () => PiiFilter },
    {
      config: { name: 'deny', kind: '@mcpplugins/plugin-deny-filter', config: { words } },
      load: () => DenyFilter,
    },
    {
      config: {
        name: 'resources',
        kind: '@mcpplugins/plugin-resource-filter',
        config: { allowed_protocols: ['test', 'http', 'https'], block_private_addresses: false },
      },
      load: () => ResourceFilter,
    },
  ];
}

/** @param {Record<string, unknown>} mcp */
function behind(mcp) {
  const config = { name: passthrough.pluginName, kind: 'external', mcp };
  const kind = externalKind();
  const place = { directory: import.meta.dirname, env: {} };
  return [{ config, load: () => kind(resolvePluginConfig(config), place) }];
}

/**
 * Opens a configuration.
 *
 * @param {string} name
 * @returns {Promise<Opened>}
 */
export function openConfiguration(name) {
  const open = configurations[name];
  if (open === undefined)
    throw new Error(`no configuration "${name}": there are ${configurationNames.join(', ')}`);
  return open();
}

/** By name, how each is opened. @type {Record<string, () => Promise<Opened>>} */
const configurations = {
  none: async () => ({ plugins: [], close: nothing }),
  passthrough: async () => ({ plugins: [passthroughRegistration], close: nothing }),
  'external-stdio': async () => {
    const cmd = [process.execPath, join(import.meta.dirname, 'passthrough.mjs'), 'serve'];
    return { plugins: behind({ proto: 'STDIO', cmd }), close: nothing };
  },
  'external-http': async () => {
    const server = await servePlugins({
      plugins: [passthroughRegistration],
      transport: 'http',
      settings: { port: 0 },
    });
    const plugins = behind({ proto: 'STREAMABLEHTTP', url: server.address });
    return { plugins, close: () => server.close() };
  },
  guards: async () => ({ plugins: allGuards(['a-word-of-no-scenario']), close: nothing }),
};

export const configurationNames = Object.keys(configurations);
