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
  /**
   * Which host to start them for: `run` with or without a name of the server, which `server_ids` in conditions are
   * compared with, or any, which fires every hook and knows everything about who is asking.
   */
  readonly host: GuardHost;
  readonly logger?: Logger;
  readonly observers?: readonly Observer[];
}

/** A host that plugins can be started for. */
export type GuardHost = 'run' | 'run_with_name' | 'any';

/** The host that `run` is, given the name of the server or none. */
export function hostOfRun(server: string | undefined): GuardHost {
  return server === undefined ? 'run' : 'run_with_name';
}

/**
 * Starts the plugins of a configuration as a host runs them.
 * @throws FrameworkError when a plugin that may block cannot be started
 */
export async function startGuard(config: LoadedConfig, options: StartGuardOptions): Promise<PluginManager> {
  const { host, plugins = config.plugins, logger, observers } = options;
  const isRun = host !== 'any';
  return PluginManager.start({
    plugins,
    settings: config.settings,
    fires: isRun ? gatewayHooks : undefined,
    supplies: isRun
      ? stdioIdentityFields.filter((field) => field !== 'serverId' || host === 'run_with_name')
      : undefined,
    compilePattern,
    logger,
    observers,
  });
}
