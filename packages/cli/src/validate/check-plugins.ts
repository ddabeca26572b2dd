import type { LoadedConfig } from '@mcpplugins/config-loader';
import {
  FrameworkError,
  type PluginHealth,
  type PluginManager,
  type PluginRegistration,
} from '@mcpplugins/framework-core';
import { withoutEffects } from '../guard/dry-plugins.js';
import { type GuardHost, startGuard } from '../guard/start-guard.js';

/** What came of starting every plugin of a configuration without effects. */
export interface PluginCheck {
  /** What keeps the guard from starting, one a plugin. */
  readonly errors: readonly FrameworkError[];
  /** Of these, what only `run` refuses and the gateway does not: it knows who is asking. */
  readonly refusedByRun: readonly FrameworkError[];
  /** Plugins whose server does not answer here and now; what it offers stays unknown. */
  readonly unreachable: readonly FrameworkError[];
  /** Plugins without which the guard starts. */
  readonly failed: readonly PluginHealth[];
  /** The manager that runs them all, when there are no errors; the caller shuts it down. */
  readonly manager: PluginManager | undefined;
}

/**
 * Starts the plugins one by one, so that an error of one hides none of the others, then all together. For `run`, what it
 * refuses is tried with the gateway too.
 */
export async function checkPlugins(config: LoadedConfig, host: GuardHost): Promise<PluginCheck> {
  const errors: FrameworkError[] = [];
  const refusedByRun: FrameworkError[] = [];
  const unreachable: FrameworkError[] = [];
  const plugins: PluginRegistration[] = [];
  for (const plugin of withoutEffects(config.plugins)) {
    const error = await errorOf(config, plugin, host);
    if (error === undefined) plugins.push(plugin);
    else if (isUnreachable(error)) {
      unreachable.push(error);
      plugins.push(failing(plugin, error));
    } else if (isRun(host) && (await errorOf(config, plugin, 'gateway')) === undefined) {
      refusedByRun.push(error);
      plugins.push(plugin);
    } else errors.push(error);
  }
  if (errors.length > 0) return { errors, refusedByRun, unreachable, failed: [], manager: undefined };
  const manager = await tryStart(config, plugins, refusedByRun.length > 0 ? 'gateway' : host);
  if (FrameworkError.is(manager))
    return { errors: [manager], refusedByRun, unreachable, failed: [], manager: undefined };
  const failed = manager
    .health()
    .filter(({ status, plugin }) => status === 'failed' && !unreachable.some((one) => one.plugin === plugin));
  return { errors, refusedByRun, unreachable, failed, manager };
}

async function errorOf(
  config: LoadedConfig,
  plugin: PluginRegistration,
  host: GuardHost,
): Promise<FrameworkError | undefined> {
  const started = await tryStart(config, [plugin], host);
  if (FrameworkError.is(started)) return started;
  await started.shutdown();
  return undefined;
}

function isRun(host: GuardHost): boolean {
  return host === 'run' || host === 'run_with_name';
}

function isUnreachable({ cause }: FrameworkError): boolean {
  return FrameworkError.is(cause, 'PEER_START_FAILED') || FrameworkError.is(cause, 'PEER_UNREACHABLE');
}

/** The same plugin, listed as failed for a known reason instead of tried again. */
function failing({ config }: PluginRegistration, error: FrameworkError): PluginRegistration {
  return { config: { ...config, onError: 'ignore' }, load: () => Promise.reject(error) };
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
