import { compilePattern, type LoadedConfig } from '@mcpplugins/config-loader';
import {
  type Logger,
  type Observer,
  PluginManager,
  type PluginRegistration,
} from '@mcpplugins/framework-core';
import { gatewayHooks, stdioIdentityFields } from '@mcpplugins/gateway';

/** What `startGuard` takes besides the configuration. */
export interface StartGuardOptions {
  /** Plugins to start; default: those of the configuration. */
  readonly plugins?: readonly PluginRegistration[];
  /** Whether the server has a name, which `server_ids` in conditions are compared with. */
  readonly hasServerName: boolean;
  readonly logger?: Logger;
  readonly observers?: readonly Observer[];
}

/**
 * Starts the plugins of a configuration as `run` runs them.
 * @throws FrameworkError when a plugin that may block cannot be started
 */
export async function startGuard(config: LoadedConfig, options: StartGuardOptions): Promise<PluginManager> {
  return PluginManager.start({
    plugins: options.plugins ?? config.plugins,
    settings: config.settings,
    fires: gatewayHooks,
    supplies: stdioIdentityFields.filter((field) => field !== 'serverId' || options.hasServerName),
    compilePattern,
    logger: options.logger,
    observers: options.observers,
  });
}
