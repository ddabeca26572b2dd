import type { PluginConfig } from '../config/plugin-config.js';
import { resolvePluginConfig } from '../config/resolve-plugin-config.js';
import type { PluginRegistration } from '../plugin/plugin-class.js';

/** A plugin whose configuration is resolved, on its way to a manager. */
export interface ResolvedRegistration {
  readonly config: PluginConfig;
  readonly load: PluginRegistration['load'];
}

/** Checks configurations and fills in their defaults. @throws FrameworkError `CONFIG_INVALID` */
export function resolveRegistrations(plugins: readonly PluginRegistration[]): ResolvedRegistration[] {
  return plugins.map((registration) => ({
    config: resolvePluginConfig(registration.config),
    load: () => registration.load(),
  }));
}

/** The configurations of plugins, in their order. */
export function configsOf(plugins: readonly { readonly config: PluginConfig }[]): readonly PluginConfig[] {
  return plugins.map(({ config }) => config);
}
