import { fileURLToPath } from 'node:url';
import { compilePattern, loadConfig } from '@mcpplugins/config-loader';
import { PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, stdioIdentityFields } from '@mcpplugins/gateway';

/** Starts the plugins of plugins.yaml. One manager serves any number of servers and sessions. */
export async function startGuard(): Promise<PluginManager> {
  const config = await loadConfig(fileURLToPath(new URL('../plugins.yaml', import.meta.url)));
  return PluginManager.start({
    ...config,
    compilePattern,
    fires: gatewayHooks,
    supplies: stdioIdentityFields,
  });
}
