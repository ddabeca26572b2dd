import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError, type PluginHealth, type PluginManager } from '@mcpplugins/framework-core';
import { withoutEffects } from '../guard/dry-plugins.js';
import { type GuardHost, startGuard } from '../guard/start-guard.js';

/** What came of starting every plugin of a configuration without effects. */
export interface PluginCheck {
  /** What keeps the guard from starting, one a plugin. */
  readonly errors: readonly FrameworkError[];
  /** Plugins without which the guard starts. */
  readonly failed: readonly PluginHealth[];
  /** The manager that runs them all, when there are no errors; the caller shuts it down. */
  readonly manager: PluginManager | undefined;
}

/** Starts the plugins one by one, so that an error of one hides none of the others, then all together. */
export async function checkPlugins(config: LoadedConfig, host: GuardHost): Promise<PluginCheck> {
  const plugins = withoutEffects(config.plugins);
  const errors: FrameworkError[] = [];
  for (const plugin of plugins) {
    const started = await tryStart(config, [plugin], host);
    if (FrameworkError.is(started)) errors.push(started);
    else await started.shutdown();
  }
  if (errors.length > 0) return { errors, failed: [], manager: undefined };
  const manager = await tryStart(config, plugins, host);
  if (FrameworkError.is(manager)) return { errors: [manager], failed: [], manager: undefined };
  return { errors, failed: manager.health().filter(({ status }) => status === 'failed'), manager };
}

async function tryStart(
  config: LoadedConfig,
  plugins: LoadedConfig['plugins'],
  host: GuardHost,
): Promise<FrameworkError | PluginManager> {
  try {
    return await startGuard(config, { plugins, host });
  } catch (error) {
    if (!FrameworkError.is(error)) throw error;
    return error;
  }
}
