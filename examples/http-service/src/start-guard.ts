import { fileURLToPath } from 'node:url';
import { compilePattern, loadConfig } from '@mcpplugins/config-loader';
import { PluginManager } from '@mcpplugins/framework-core';

/** Starts the plugins of plugins.yaml; one for a hook that the service does not call is an error now, not a silence later. */
export async function startGuard(): Promise<PluginManager> {
  const config = await loadConfig(fileURLToPath(new URL('../plugins.yaml', import.meta.url)));
  return PluginManager.start({
    ...config,
    compilePattern,
    fires: ['tool_pre_invoke', 'tool_post_invoke'],
    supplies: ['user'],
  });
}
