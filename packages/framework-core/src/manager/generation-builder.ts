import type { PluginSettings } from '../config/plugin-settings.js';
import type { Logger } from '../context/logger.js';
import type { ConfiguredPlugin } from '../execution/step.js';
import { buildPlugins, type BuiltPlugins } from './build-plugins.js';
import type { HostFacts } from './check-config.js';
import { configurationChangeBetween } from './configuration-change.js';
import { HealthChecks } from './health-checks.js';
import { hostFactsOf } from './host-facts.js';
import type { ConfigurationChange } from './observer.js';
import { PlanSet } from './plan-set.js';
import type { PluginManagerOptions } from './plugin-manager-options.js';
import type { PluginRef } from './plugin-ref.js';
import { configsOf, type ResolvedRegistration } from './resolved-registration.js';
import { shutdownAll } from './shutdown-all.js';

/** What one generation is built with. */
export interface GenerationOptions {
  readonly settings: PluginSettings;
  /** Plugins of the present generation. */
  readonly running: readonly ConfiguredPlugin[];
  readonly logger: Logger;
  readonly shutdownTimeoutMs: number;
  /** Called at the end: throws when the generation is no longer wanted. */
  readonly confirm: () => void;
}

/** Plugins that are started and their plans, to be made the current ones. */
export interface Generation {
  readonly planSet: PlanSet;
  /** Why a plugin is not there, by its name. */
  readonly failures: ReadonlyMap<string, string>;
  readonly change: ConfigurationChange;
}

/** Turns configurations into generations. A manager loads it, and all that only this needs, when it starts. */
export class GenerationBuilder {
  readonly #host: HostFacts;
  readonly #compilePattern: PluginManagerOptions['compilePattern'];

  private constructor(host: HostFacts, compilePattern: PluginManagerOptions['compilePattern']) {
    this.#host = host;
    this.#compilePattern = compilePattern;
  }

  /** @throws FrameworkError `CONTRACT_CONFLICT`, `HOOK_UNKNOWN` */
  static async create(options: PluginManagerOptions): Promise<GenerationBuilder> {
    return new GenerationBuilder(await hostFactsOf(options), options.compilePattern);
  }

  /**
   * Loads and starts plugins and compiles their plans. When it fails, what it started is shut down again.
   * @throws FrameworkError what `buildPlugins` and `PlanSet.compile` throw
   */
  async build(
    registrations: readonly ResolvedRegistration[],
    options: GenerationOptions,
  ): Promise<Generation> {
    const { settings, running, logger } = options;
    const built = await buildPlugins(registrations, {
      host: this.#host,
      logger,
      initializeTimeoutMs: settings.pluginTimeout * 1000,
      failOnPluginError: settings.failOnPluginError,
      running,
    });
    try {
      const planSet = await this.#compile(built, settings);
      options.confirm();
      const change = configurationChangeBetween(configsOf(running), configsOf(registrations));
      return { planSet, failures: built.failures, change };
    } catch (error) {
      await discard(built.plugins, options);
      throw error;
    }
  }

  /** Health checks of a manager, not started. */
  healthChecks(refs: () => readonly PluginRef[], timeoutMs: number): HealthChecks {
    return new HealthChecks(refs, timeoutMs);
  }

  #compile({ host, plugins }: BuiltPlugins, settings: PluginSettings): Promise<PlanSet> {
    return PlanSet.compile(host.contracts.values(), plugins, {
      settings,
      compilePattern: this.#compilePattern,
    });
  }
}

/** Shuts down plugins of a generation that is not to be, but for those that run already. */
async function discard(
  plugins: readonly ConfiguredPlugin[],
  { running, shutdownTimeoutMs }: GenerationOptions,
): Promise<void> {
  const kept = new Set(running.map(({ ref }) => ref));
  const started = plugins.flatMap(({ ref }) => (ref === undefined || kept.has(ref) ? [] : [ref]));
  await shutdownAll(started, shutdownTimeoutMs);
}
