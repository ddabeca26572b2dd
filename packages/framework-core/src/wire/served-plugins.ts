import {
  type PluginSettings,
  type PluginSettingsInput,
  resolvePluginSettings,
} from '../config/plugin-settings.js';
import { type Logger, silentLogger } from '../context/logger.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { RunServices } from '../execution/run-environment.js';
import { Ticker } from '../execution/ticker.js';
import { buildPlugins } from '../manager/build-plugins.js';
import { HealthChecks } from '../manager/health-checks.js';
import { hostFactsOf } from '../manager/host-facts.js';
import { type PluginHealth, healthOfAbsent } from '../manager/plugin-health.js';
import { defaultShutdownTimeoutMs } from '../manager/plugin-instance-registry.js';
import type { PluginRef } from '../manager/plugin-ref.js';
import { resolveRegistrations } from '../manager/resolved-registration.js';
import { shutdownAll } from '../manager/shutdown-all.js';
import { PayloadStore } from '../payload/payload-store.js';
import type { PluginRegistration } from '../plugin/plugin-class.js';
import { ServedPlugin } from './served-plugin.js';

/** What `startServedPlugins` takes. */
export interface ServedPluginsOptions {
  readonly plugins: readonly PluginRegistration[];
  readonly settings?: PluginSettingsInput | undefined;
  /** Hooks that plugins may name. Default: the built-in ones. */
  readonly contracts?: readonly AnyHookContract[] | undefined;
  readonly logger?: Logger | undefined;
  /** Milliseconds that one plugin may take to shut down. Default 10 000. */
  readonly shutdownTimeoutMs?: number | undefined;
}

/** The plugins of a plugin server: loaded and initialised, each to be called by its name. */
export class ServedPlugins implements AsyncDisposable {
  readonly settings: PluginSettings;
  /** Every hook that a plugin of this server may have. */
  readonly contracts: readonly AnyHookContract[];
  private readonly plugins: ReadonlyMap<string, ServedPlugin>;
  private readonly failures: ReadonlyMap<string, string>;
  private readonly shutdownTimeoutMs: number;
  private readonly healthChecks: HealthChecks;
  private stopped: Promise<void> | undefined;

  private constructor(parts: {
    readonly settings: PluginSettings;
    readonly contracts: readonly AnyHookContract[];
    readonly plugins: ReadonlyMap<string, ServedPlugin>;
    readonly failures: ReadonlyMap<string, string>;
    readonly shutdownTimeoutMs: number;
  }) {
    this.settings = parts.settings;
    this.contracts = parts.contracts;
    this.plugins = parts.plugins;
    this.failures = parts.failures;
    this.shutdownTimeoutMs = parts.shutdownTimeoutMs;
    this.healthChecks = new HealthChecks(() => this.refs(), this.settings.pluginTimeout * 1000);
    this.healthChecks.start(this.settings.pluginHealthCheckInterval * 1000);
  }

  /**
   * Loads and initialises plugins. One that cannot keeps the server from starting, unless its `on_error` or mode lets hosts
   * do without it; `mode: disabled` is not loaded.
   * @throws FrameworkError as `PluginManager.start`
   */
  static async start(options: ServedPluginsOptions): Promise<ServedPlugins> {
    const settings = resolvePluginSettings(options.settings);
    const logger = options.logger ?? silentLogger;
    const { host, plugins, failures } = await buildPlugins(resolveRegistrations(options.plugins), {
      host: await hostFactsOf({ plugins: options.plugins, contracts: options.contracts }),
      logger,
      initializeTimeoutMs: settings.pluginTimeout * 1000,
      failOnPluginError: true,
      running: [],
    });
    const contracts = [...host.contracts.values()];
    const services: RunServices = {
      payloads: new PayloadStore(),
      ticker: new Ticker(),
      background: undefined,
      logger,
    };
    const served = new Map<string, ServedPlugin>();
    for (const plugin of plugins) {
      if (plugin.ref === undefined) continue;
      served.set(plugin.config.name, await ServedPlugin.compile(plugin, contracts, { settings, services }));
    }
    return new ServedPlugins({
      settings,
      contracts,
      plugins: served,
      failures,
      shutdownTimeoutMs: options.shutdownTimeoutMs ?? defaultShutdownTimeoutMs,
    });
  }

  /** Plugins in file order. */
  all(): readonly ServedPlugin[] {
    return [...this.plugins.values()];
  }

  /** The plugin of exactly that name, as hook calls name it. */
  get(name: string): ServedPlugin | undefined {
    return this.plugins.get(name);
  }

  /** The plugin of that name in any letter case, as `get_plugin_config` names it. */
  find(name: string): ServedPlugin | undefined {
    const folded = name.toLowerCase();
    return this.get(name) ?? this.all().find(({ plugin }) => plugin.config.name.toLowerCase() === folded);
  }

  /** Health of every plugin that was to be served. */
  health(): readonly PluginHealth[] {
    return [
      ...this.refs().map((ref) => ref.health()),
      ...[...this.failures].map(([name, reason]) => healthOfAbsent(name, reason)),
    ];
  }

  /** Shuts plugins down in reverse order, each bounded, all attempted. Once is enough. */
  shutdown(): Promise<void> {
    this.healthChecks.stop();
    this.stopped ??= shutdownAll(this.refs(), this.shutdownTimeoutMs);
    return this.stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  private refs(): readonly PluginRef[] {
    return this.all().flatMap(({ plugin }) => plugin.ref ?? []);
  }
}
