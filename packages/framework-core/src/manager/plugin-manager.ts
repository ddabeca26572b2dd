import { type PluginConfig, type PluginConfigInput } from '../config/plugin-config.js';
import {
  type PluginSettings,
  type PluginSettingsInput,
  resolvePluginSettings,
} from '../config/plugin-settings.js';
import { resolvePluginConfig } from '../config/resolve-plugin-config.js';
import { createGlobalContext, type GlobalContextInput } from '../context/global-context.js';
import type { HostRequest } from '../context/host-request.js';
import { guardLogger, type Logger, silentLogger } from '../context/logger.js';
import type { HookReference, PayloadOf } from '../contracts/hook-contracts.js';
import type { DeepReadonly } from '../deep-readonly.js';
import { FrameworkError } from '../errors/framework-error.js';
import { didYouMean } from '../errors/nearest.js';
import { HookRun } from '../execution/hook-run.js';
import type { RunServices } from '../execution/run-environment.js';
import { Ticker } from '../execution/ticker.js';
import { PayloadStore } from '../payload/payload-store.js';
import type { PluginInstance, PluginRegistration } from '../plugin/plugin-class.js';
import type { Outcome } from '../results/outcome.js';
import type { GenerationBuilder } from './generation-builder.js';
import { Generations } from './generations.js';
import type { HealthChecks } from './health-checks.js';
import { configsOf, resolveRegistrations, type ResolvedRegistration } from './resolved-registration.js';
import { ManagedRequest, notRunning, type OpenRequestOptions, type RequestHost } from './managed-request.js';
import type { ConfigurationChange } from './observer.js';
import { Observers } from './observers.js';
import type { PlanSet } from './plan-set.js';
import { healthOfAbsent, type PluginHealth } from './plugin-health.js';
import { defaultShutdownTimeoutMs } from './plugin-instance-registry.js';
import type { PluginManagerOptions } from './plugin-manager-options.js';
import type { PluginRef } from './plugin-ref.js';
import { SerialQueue } from './serial-queue.js';
import { shutdownAll } from './shutdown-all.js';
import { withTimeout } from './with-timeout.js';

/** Plugins and settings to run from now on. */
export interface ReloadOptions {
  readonly plugins: readonly PluginRegistration[];
  readonly settings?: PluginSettingsInput | undefined;
}

/** What a change of the configuration led to. */
export interface ReloadResult {
  readonly change: ConfigurationChange;
  /** Resolves when requests of the old configuration are gone or moved and plugins that it alone had are shut down. */
  readonly drained: Promise<void>;
}

type EnabledMode = Exclude<PluginConfig['mode'], 'disabled'>;
type PluginConfigChange = Partial<Omit<PluginConfigInput, 'name' | 'kind'>>;

/** What `config` shows: everything resolved, in file order. */
export interface ManagerConfig {
  readonly plugins: readonly PluginConfig[];
  readonly settings: PluginSettings;
}

/**
 * The façade of the framework: loads plugins, opens requests, changes plugins at run time, shuts down. An ordinary object;
 * a process may have several.
 *
 * @example
 * await using manager = await PluginManager.start({ plugins });
 * await using request = manager.openRequest({ user: 'ada' });
 * const outcome = await request.invoke('tool_pre_invoke', { name: 'echo', args: {} });
 */
export class PluginManager implements RequestHost, AsyncDisposable {
  readonly services: RunServices;
  readonly #builder: GenerationBuilder;
  readonly #logger: Logger;
  readonly #observers: Observers;
  readonly #changes = new SerialQueue();
  readonly #generations: Generations;
  readonly #healthChecks: HealthChecks;
  readonly #shutdownTimeoutMs: number;
  readonly #idPrefix = globalThis.crypto.randomUUID().slice(0, 8);
  #lastId = 0;
  #registrations: readonly ResolvedRegistration[] = [];
  #settings: PluginSettings;
  #failures: ReadonlyMap<string, string> = new Map();
  readonly #modesBeforeDisable = new Map<string, EnabledMode>();
  #isShutDown = false;
  #stopped: Promise<void> | undefined;

  private constructor(options: PluginManagerOptions, builder: GenerationBuilder) {
    this.#builder = builder;
    this.#logger = options.logger === undefined ? silentLogger : guardLogger(options.logger);
    this.#settings = resolvePluginSettings(options.settings);
    this.#observers = new Observers(options.observers ?? [], this.#logger);
    this.#shutdownTimeoutMs = options.shutdownTimeoutMs ?? defaultShutdownTimeoutMs;
    this.#generations = new Generations(this.#shutdownTimeoutMs);
    this.#healthChecks = builder.healthChecks(() => this.#refs(), this.#settings.pluginTimeout * 1000);
    this.services = {
      payloads: new PayloadStore(),
      ticker: new Ticker(),
      background: undefined,
      logger: this.#logger,
    };
  }

  /**
   * Loads and initialises plugins and compiles their plans. Nothing runs when one that may block cannot.
   * @throws FrameworkError with a code that says what is wrong with which plugin
   */
  static async start(options: PluginManagerOptions): Promise<PluginManager> {
    const { GenerationBuilder } = await import('./generation-builder.js');
    const manager = new PluginManager(options, await GenerationBuilder.create(options));
    await manager.#apply(resolveRegistrations(options.plugins), manager.#settings);
    return manager;
  }

  get current(): PlanSet | undefined {
    return this.#isShutDown ? undefined : this.#generations.current;
  }

  /** Whether the manager runs: true from `start` to `shutdown`. */
  get initialized(): boolean {
    return this.current !== undefined;
  }

  /** Plugins that are loaded. */
  get pluginCount(): number {
    return this.#refs().length;
  }

  get config(): ManagerConfig {
    return { plugins: configsOf(this.#registrations), settings: this.#settings };
  }

  /** The instance of a loaded plugin. */
  getPlugin(name: string): PluginInstance | undefined {
    return this.#refOf(name)?.plugin;
  }

  /**
   * Whether any plugin runs on a hook: if not, a host need not build the payload.
   * @throws FrameworkError `MANAGER_NOT_RUNNING`: no guard runs then, and "no" would let calls through
   */
  hasHook(hook: HookReference): boolean {
    const { current } = this;
    if (current === undefined) throw notRunning();
    const plan = current.plans.get(typeof hook === 'string' ? hook : hook.name);
    return plan !== undefined && (plan.stepCount > 0 || plan.background !== undefined);
  }

  /** Opens a request; close it when the operation is over. @throws FrameworkError `MANAGER_NOT_RUNNING` */
  openRequest(global: GlobalContextInput = {}, options?: OpenRequestOptions): HostRequest {
    const planSet = this.current;
    if (planSet === undefined) throw notRunning();
    const context = createGlobalContext(global, `${this.#idPrefix}-${++this.#lastId}`);
    const onDecisions = this.#observers.wantRecords
      ? (records: Parameters<Observers['decisions']>[0]) =>
          this.#observers.decisions(records, context.requestId)
      : undefined;
    return new ManagedRequest(this, planSet, context, options, onDecisions);
  }

  /** The specification's way: one hook call; pass the returned request to the paired hook. */
  async invokeHook<Hook extends HookReference>(
    hook: Hook,
    payload: PayloadOf<Hook>,
    global: GlobalContextInput = {},
    request: HostRequest = this.openRequest(global),
  ): Promise<{ readonly outcome: Outcome<PayloadOf<Hook>>; readonly request: HostRequest }> {
    const outcome = await request.invoke(hook, payload as PayloadOf<Hook> | DeepReadonly<PayloadOf<Hook>>);
    return { outcome, request };
  }

  /** Health of every configured plugin, in file order. */
  health(): readonly PluginHealth[] {
    return (this.#generations.current?.plugins ?? []).map(
      ({ ref, config }) => ref?.health() ?? healthOfAbsent(config.name, this.#failures.get(config.name)),
    );
  }

  /**
   * Replaces the whole configuration, and switches plugins on again that an error switched off. On an error the old one
   * keeps running. @throws FrameworkError as `start`
   */
  async reload({ plugins, settings }: ReloadOptions): Promise<ReloadResult> {
    return this.#changes.run(async () => {
      const result = await this.#apply(resolveRegistrations(plugins), resolvePluginSettings(settings));
      this.#modesBeforeDisable.clear();
      for (const ref of this.#refs()) ref.enable();
      return result;
    });
  }

  /** Adds a plugin at the end of the file order. @throws FrameworkError as `start` */
  async addPlugin(plugin: PluginRegistration): Promise<ReloadResult> {
    return this.#changes.run(() =>
      this.#apply([...this.#registrations, ...resolveRegistrations([plugin])], this.#settings),
    );
  }

  /** Removes a plugin. @throws FrameworkError `PLUGIN_NOT_FOUND` */
  async removePlugin(name: string): Promise<ReloadResult> {
    return this.#changes.run(() => {
      this.#registrationOf(name);
      return this.#apply(
        this.#registrations.filter(({ config }) => config.name !== name),
        this.#settings,
      );
    });
  }

  /**
   * Changes a plugin: mode, priority, conditions, timeout, settings (`config`), … A plugin whose settings change is
   * replaced by a new instance; otherwise it keeps its state. @throws FrameworkError `PLUGIN_NOT_FOUND`, and as `start`
   */
  async configurePlugin(name: string, change: PluginConfigChange): Promise<ReloadResult> {
    return this.#changes.run(() => this.#applyTo(name, () => change));
  }

  /** Switches a plugin off for requests that are opened from now on. @throws FrameworkError `PLUGIN_NOT_FOUND` */
  async disablePlugin(name: string): Promise<ReloadResult> {
    return this.#changes.run(() =>
      this.#applyTo(name, ({ mode }) => {
        if (mode !== 'disabled') this.#modesBeforeDisable.set(name, mode);
        return { mode: 'disabled' };
      }),
    );
  }

  /**
   * Switches a plugin on: one that an error switched off, or one that is disabled; the latter in the given mode, by
   * default the one that it had before `disablePlugin`, or `enforce`.
   * @throws FrameworkError `PLUGIN_NOT_FOUND`, and as `start`
   */
  async enablePlugin(name: string, mode?: EnabledMode): Promise<ReloadResult> {
    return this.#changes.run(async () => {
      const on = mode ?? this.#modesBeforeDisable.get(name) ?? 'enforce';
      const result = await this.#applyTo(name, (config) => (config.mode === 'disabled' ? { mode: on } : {}));
      this.#refOf(name)?.enable();
      return result;
    });
  }

  /** Ends waiting hook calls, then shuts plugins down in reverse order, each bounded, all attempted. Once is enough. */
  shutdown(): Promise<void> {
    this.#isShutDown = true;
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #stop(): Promise<void> {
    this.#healthChecks.stop();
    // Requests that are still open find no plan set to move to.
    if (this.#generations.current !== undefined) this.#generations.current.isExpired = true;
    for (const node of this.services.ticker.nodes()) if (node instanceof HookRun) node.cancel();
    await withTimeout(
      () => this.services.background?.whenIdle(),
      this.#shutdownTimeoutMs,
      'background work',
    ).catch((error: unknown) => this.#logger.error(String(error)));
    await this.#generations.drainAll();
    await shutdownAll(this.#refs(), this.#shutdownTimeoutMs);
  }

  async #applyTo(
    name: string,
    changeOf: (config: PluginConfig) => PluginConfigChange,
  ): Promise<ReloadResult> {
    const changed = this.#registrationOf(name);
    const config = resolvePluginConfig({ ...changed.config, ...changeOf(changed.config) });
    return this.#apply(
      this.#registrations.map((registration) =>
        registration === changed ? { ...changed, config } : registration,
      ),
      this.#settings,
    );
  }

  async #apply(
    registrations: readonly ResolvedRegistration[],
    settings: PluginSettings,
  ): Promise<ReloadResult> {
    if (this.#isShutDown) throw notRunning();
    const old = this.#generations.current;
    const { planSet, failures, change } = await this.#builder.build(registrations, {
      settings,
      running: old?.plugins ?? [],
      logger: this.#logger,
      shutdownTimeoutMs: this.#shutdownTimeoutMs,
      // The manager may have been shut down while plugins started.
      confirm: () => {
        if (this.#isShutDown) throw notRunning();
      },
    });
    for (const { ref } of planSet.plugins)
      if (ref !== undefined) ref.onStatusChange = (health) => this.#observers.healthChange(health);
    this.#registrations = registrations;
    this.#settings = settings;
    this.#failures = failures;
    const drained = this.#generations.swap(planSet);
    this.#healthChecks.start(settings.pluginHealthCheckInterval * 1000);
    if (old !== undefined) this.#observers.configurationChange(change);
    return { change, drained };
  }

  #refs(): readonly PluginRef[] {
    return (this.#generations.current?.plugins ?? []).flatMap(({ ref }) => ref ?? []);
  }

  #refOf(name: string): PluginRef | undefined {
    return this.#refs().find((ref) => ref.name === name);
  }

  #registrationOf(name: string): ResolvedRegistration {
    const registration = this.#registrations.find(({ config }) => config.name === name);
    if (registration !== undefined) return registration;
    const names = configsOf(this.#registrations).map((config) => config.name);
    throw new FrameworkError('PLUGIN_NOT_FOUND', `there is no plugin "${name}"${didYouMean(name, names)}`);
  }
}
