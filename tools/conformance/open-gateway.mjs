import { join } from 'node:path';
import { PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, httpIdentityFields, serveHttp } from '@mcpplugins/gateway';

/**
 * Opens a gateway in this process in front of the fixture or of any other server.
 *
 * @param {import('./configurations.mjs').Opened} opened
 * @param {string} upstream a URL, or `stdio` for the fixture as a child process
 * @param {{
 *   observers?: readonly import('@mcpplugins/framework-core').Observer[];
 *   oauth?: import('@mcpplugins/gateway').UpstreamOAuthOptions | undefined;
 *   askPerson?: import('@mcpplugins/gateway').AskPerson;
 * }} [options]
 */
export async function openGateway(opened, upstream, { observers = [], oauth, askPerson } = {}) {
  const manager = await PluginManager.start({
    plugins: opened.plugins,
    fires: gatewayHooks,
    supplies: httpIdentityFields,
    observers,
  });
  const fixture =
    upstream === 'stdio'
      ? { command: process.execPath, args: [join(import.meta.dirname, 'fixture-server.mjs'), 'stdio'] }
      : { url: upstream, ...(oauth !== undefined && { oauth }) };
  const gateway = await serveHttp({ manager, servers: { fixture }, login: { askPerson } });
  return {
    url: `http://localhost:${gateway.url.port}/mcp`,
    async close() {
      await gateway.close();
      await manager.shutdown();
      await opened.close();
    },
  };
}
