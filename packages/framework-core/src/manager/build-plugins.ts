import { FrameworkError } from '../errors/framework-error.js';
import { describeError } from '../errors/describe-error.js';
import type { ConfiguredPlugin } from '../execution/step.js';
import { isSame } from '../payload/is-same.js';
import { checkConfigs, type HostFacts } from './check-config.js';
import { addContracts } from './host-facts.js';
import {
  loadClass,
  type LoadedRegistration,
  type LoadOptions,
  mayStartWithout,
  startPlugin,
} from './load-plugin.js';
import type { PluginRef } from './plugin-ref.js';
import { defaultShutdownTimeoutMs } from './plugin-instance-registry.js';
import type { ResolvedRegistration } from './resolved-registration.js';
import { shutdownAll } from './shutdown-all.js';

/** What building a generation needs besides the registrations. */
export interface BuildOptions extends LoadOptions {
  readonly failOnPluginError: boolean;
  /** Plugins that run now: one whose kind and settings stay the same is kept, with its state. */
  readonly running: readonly ConfiguredPlugin[];
}

/** Plugins of a new generation. */
export interface BuiltPlugins {
  readonly host: HostFacts;
  readonly plugins: readonly ConfiguredPlugin[];
  /** Why a plugin is not there, by its name. */
  readonly failures: ReadonlyMap<string, string>;
}

/**
 * Loads and starts plugins in file order. When one that must run cannot, those already started are shut down again.
 * @throws FrameworkError what `checkConfigs` and `startPlugin` throw
 */
export async function buildPlugins(
  registrations: readonly ResolvedRegistration[],
  options: BuildOptions,
): Promise<BuiltPlugins> {
  const loaded = await Promise.all(registrations.map(loadClass));
  const contracts = loaded.flatMap((registration) => registration.loaded?.contracts ?? []);
  const host = { ...options.host, contracts: addContracts(new Map(options.host.contracts), contracts) };
  checkConfigs(
    registrations.map(({ config }) => config),
    host,
  );
  const plugins: ConfiguredPlugin[] = [];
  const started: PluginRef[] = [];
  const failures = new Map<string, string>();
  for (const registration of loaded) {
    const kept = keep(registration, options.running);
    if (kept !== undefined) {
      plugins.push(kept);
      continue;
    }
    try {
      const plugin = await startPlugin(registration, { ...options, host });
      if (plugin.ref !== undefined) started.push(plugin.ref);
      plugins.push(plugin);
    } catch (error) {
      if (isMistake(error) || !mayStartWithout(registration.config, options.failOnPluginError)) {
        await shutdownAll(started, defaultShutdownTimeoutMs);
        throw error;
      }
      failures.set(registration.config.name, describeError(error));
      options.logger.error(describeError(error), { plugin: registration.config.name });
      plugins.push({ ref: undefined, config: registration.config, handlers: {} });
    }
  }
  return { host, plugins, failures };
}

/** A mistake of the configuration, not a failure of the plugin: it stops the start whatever `on_error` says. */
function isMistake(error: unknown): boolean {
  return (
    !FrameworkError.is(error, 'PLUGIN_LOAD_FAILED') && !FrameworkError.is(error, 'PLUGIN_INITIALIZE_FAILED')
  );
}

function keep(
  { config, loaded }: LoadedRegistration,
  running: readonly ConfiguredPlugin[],
): ConfiguredPlugin | undefined {
  if (loaded === undefined) return undefined;
  const old = running.find((plugin) => plugin.config.name === config.name);
  if (old?.ref === undefined || old.ref.plugin.constructor !== loaded) return undefined;
  const isUnchanged =
    old.config.kind === config.kind &&
    isSame(old.config.config, config.config) &&
    isSame(old.config.mcp, config.mcp) &&
    isSame(old.config.hooks, config.hooks);
  return isUnchanged ? { ...old, config } : undefined;
}
