import type { PluginClass, PluginConfigInput, PluginRegistration } from '@mcpplugins/framework-core';

/** Everything of a plugin's configuration; here nothing is required. */
export type TestPluginConfig = Partial<PluginConfigInput>;

/**
 * A plugin class with its configuration, for `createTestHost`: `pluginOf(WordFilter, { config: { words: ['x'] } })`.
 * The name is that of the class, in kebab-case, unless the configuration has one.
 */
export function pluginOf(plugin: PluginClass, config: TestPluginConfig = {}): PluginRegistration {
  return {
    config: { kind: 'test', ...config, name: config.name ?? nameOf(plugin) },
    load: () => plugin,
  };
}

function nameOf(plugin: PluginClass): string {
  const { pluginName } = plugin as { readonly pluginName?: unknown };
  if (typeof pluginName === 'string') return pluginName;
  return plugin.name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase() || 'plugin';
}
