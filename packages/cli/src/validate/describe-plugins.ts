import type { PluginClass, PluginConfig, PluginInstance, PluginManager } from '@mcpplugins/framework-core';

/** What runs where: one plugin of a configuration. */
export interface PluginSummary {
  readonly name: string;
  readonly kind: string;
  readonly version: string | undefined;
  readonly mode: PluginConfig['mode'];
  readonly priority: number;
  /** Hooks on which it runs; empty when it is disabled or could not be loaded. */
  readonly hooks: readonly string[];
  /** Whether it runs on some calls only. */
  readonly hasConditions: boolean;
}

/** Every plugin of a manager, in the order in which they run. */
export function describePlugins(manager: PluginManager, fires: readonly string[]): readonly PluginSummary[] {
  return manager.config.plugins
    .toSorted((left, right) => left.priority - right.priority)
    .map((config) => {
      const plugin = manager.getPlugin(config.name);
      return {
        name: config.name,
        kind: config.kind,
        version: config.version ?? (plugin && classOf(plugin).version),
        mode: config.mode,
        priority: config.priority,
        hooks: plugin === undefined ? [] : hooksOf(plugin, config, fires),
        hasConditions: config.conditions.length > 0,
      };
    });
}

function hooksOf(plugin: PluginInstance, config: PluginConfig, fires: readonly string[]): readonly string[] {
  const implemented = new Set([...Object.keys(plugin.hooks), ...(classOf(plugin).hookMethods ?? [])]);
  return fires.filter((hook) => implemented.has(hook) && (config.hooks?.includes(hook) ?? true));
}

function classOf(plugin: PluginInstance): Partial<PluginClass> {
  return plugin.constructor as Partial<PluginClass>;
}
