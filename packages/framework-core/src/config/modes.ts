/** What a plugin may do and what its failure means. See the mode table in the documentation. */
export const pluginModes = [
  'enforce',
  'enforce_ignore_error',
  'permissive',
  'audit',
  'fire_and_forget',
  'disabled',
  'sequential',
  'transform',
  'concurrent',
] as const;

/** Mode as written in a configuration. The last three are the names of newer ContextForge files. */
export type PluginMode = (typeof pluginModes)[number];

/** What an error or timeout of a plugin does: block, go on, or go on with the plugin switched off. */
export const errorActions = ['fail', 'ignore', 'disable'] as const;

/** Value of `on_error`. */
export type ErrorAction = (typeof errorActions)[number];
