import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { externalKind } from '@mcpplugins/external-client';
import { resolvePluginConfig } from '@mcpplugins/framework-core';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';
import { BehaviourPlugin } from '../behaviour.mjs';

/** @typedef {import('@mcpplugins/framework-core').PluginConfigInput} PluginConfigInput */

const directory = import.meta.dirname;

/** Plugins in a child process, over its standard streams. @type {import('../run-case.mjs').Subject} */
export const behindStdio = {
  name: 'behind stdio',
  async open(plugins) {
    const folder = mkdtempSync(join(tmpdir(), 'mcpplugins-behaviour-'));
    const file = join(folder, 'plugins.json');
    writeFileSync(file, JSON.stringify(served(plugins)));
    return {
      registrations: registrations(plugins, {
        proto: 'STDIO',
        cmd: [process.execPath, join(directory, 'serve-stdio.mjs'), file],
      }),
      close: async () => rmSync(folder, { recursive: true }),
    };
  },
};

/** Plugins behind Streamable HTTP, with sessions. @type {import('../run-case.mjs').Subject} */
export const behindHttp = { name: 'behind HTTP', open: (plugins) => openHttp(plugins, {}) };

/** Plugins behind Streamable HTTP, without sessions. @type {import('../run-case.mjs').Subject} */
export const behindStatelessHttp = {
  name: 'behind stateless HTTP',
  open: (plugins) => openHttp(plugins, { stateless: true }),
};

/** Plugins behind Streamable HTTP on a unix socket. @type {import('../run-case.mjs').Subject} */
export const behindUnixSocket = {
  name: 'behind a unix socket',
  async open(plugins) {
    const folder = mkdtempSync(join(tmpdir(), 'mcpplugins-behaviour-'));
    const uds = join(folder, 'plugins.sock');
    const { registrations: made, close } = await openHttp(plugins, { uds });
    return {
      registrations: made,
      close: async () => {
        await close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

/**
 * @param {readonly PluginConfigInput[]} plugins
 * @param {{ readonly stateless?: boolean, readonly uds?: string }} settings
 */
async function openHttp(plugins, settings) {
  const server = await servePlugins({
    plugins: served(plugins).map((config) => ({ config, load: () => BehaviourPlugin })),
    transport: 'http',
    settings: settings.uds === undefined ? { port: 0, ...settings } : settings,
  });
  return {
    registrations: registrations(plugins, {
      proto: 'STREAMABLEHTTP',
      ...(settings.uds === undefined
        ? { url: server.address }
        : { url: 'http://localhost/mcp', uds: server.address }),
    }),
    close: () => server.close(),
  };
}

/**
 * Configurations for the server: what each plugin does. How it runs is the host's.
 *
 * @param {readonly PluginConfigInput[]} plugins
 */
function served(plugins) {
  return plugins.map(({ name, kind, config }) => ({ name, kind, config }));
}

/**
 * @param {readonly PluginConfigInput[]} plugins
 * @param {Readonly<Record<string, unknown>>} mcp
 */
function registrations(plugins, mcp) {
  const kind = externalKind();
  return plugins.map(({ config: _settings, ...run }) => {
    const config = { ...run, kind: 'external', mcp };
    return { config, load: () => kind(resolvePluginConfig(config), { directory, env: {} }) };
  });
}
