import { FrameworkError } from '../errors/framework-error.js';
import type { PluginConfig } from '../config/plugin-config.js';
import { handlersOf, type PluginInstance } from '../plugin/plugin-class.js';
import { type Logger, silentLogger } from '../context/logger.js';
import { PluginRef } from './plugin-ref.js';
import { shutdownAll } from './shutdown-all.js';

/** Milliseconds that one plugin may take to shut down, when nothing else is said. */
export const defaultShutdownTimeoutMs = 10_000;

/** Every plugin instance that runs, by name. The order of registration is the order of equal priorities. */
export class PluginInstanceRegistry {
  readonly #refs = new Map<string, PluginRef>();

  /** @throws FrameworkError `DUPLICATE_PLUGIN` */
  register(plugin: PluginInstance | PluginRef, logger: Logger = silentLogger): PluginRef {
    const ref = plugin instanceof PluginRef ? plugin : new PluginRef(plugin, plugin.config.version, logger);
    const key = fold(ref.name);
    if (this.#refs.has(key)) {
      throw new FrameworkError('DUPLICATE_PLUGIN', `plugin "${ref.name}" is already registered`, {
        plugin: ref.name,
      });
    }
    this.#refs.set(key, ref);
    return ref;
  }

  /** Forgets a plugin; it is not shut down. Returns whether it was there. */
  unregister(name: string): boolean {
    return this.#refs.delete(fold(name));
  }

  getPlugin(name: string): PluginRef | undefined {
    return this.#refs.get(fold(name));
  }

  /** Plugins configured for a hook that they implement, in the order in which they run. */
  getPluginsForHook(hook: string): readonly PluginRef[] {
    return this.getAllPlugins()
      .filter(({ plugin, config }) => isConfiguredFor(config, hook) && hook in handlersOf(plugin))
      .toSorted((left, right) => left.config.priority - right.config.priority);
  }

  getAllPlugins(): readonly PluginRef[] {
    return [...this.#refs.values()];
  }

  get pluginCount(): number {
    return this.#refs.size;
  }

  /** Shuts every plugin down, last registered first; each is bounded, all are attempted. */
  async shutdown(timeoutMs: number = defaultShutdownTimeoutMs): Promise<void> {
    const refs = this.getAllPlugins();
    this.#refs.clear();
    await shutdownAll(refs, timeoutMs);
  }
}

function isConfiguredFor(config: PluginConfig, hook: string): boolean {
  return config.mode !== 'disabled' && (config.hooks?.includes(hook) ?? true);
}

function fold(name: string): string {
  return name.toLowerCase();
}
