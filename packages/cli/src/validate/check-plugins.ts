import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError, type PluginHealth, type PluginManager } from '@mcpplugins/framework-core';
import { withoutEffects } from '../guard/dry-plugins.js';
import { startGuard } from '../guard/start-guard.js';

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
export async function checkPlugins(config: LoadedConfig): Promise<PluginCheck> {
  const plugins = withoutEffects(config.plugins);
  const errors: FrameworkError[] = [];
  for (const plugin of plugins) {
    const [error] = await tryStart(config, [plugin]);
    if (error !== undefined) errors.push(error);
  }
  if (errors.length > 0) return { errors, failed: [], manager: undefined };
  const [error, manager] = await tryStart(config, plugins, { isKept: true });
  const failed = (manager?.health() ?? []).filter(({ status }) => status === 'failed');
  return { errors: error === undefined ? [] : [error], failed, manager };
}

async function tryStart(
  config: LoadedConfig,
  plugins: LoadedConfig['plugins'],
  { isKept }: { readonly isKept: boolean } = { isKept: false },
): Promise<readonly [FrameworkError | undefined, PluginManager | undefined]> {
  try {
    const manager = await startGuard(config, { plugins, hasServerName: true });
    if (isKept) return [undefined, manager];
    await manager.shutdown();
    return [undefined, undefined];
  } catch (error) {
    if (!FrameworkError.is(error)) throw error;
    return [error, undefined];
  }
}
