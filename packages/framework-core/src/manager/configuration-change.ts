import type { PluginConfig } from '../config/plugin-config.js';
import { isSame } from '../payload/is-same.js';
import { isolate } from '../payload/isolate.js';
import type { ConfigurationChange } from './observer.js';

/** What differs between two configurations, by plugin name and field. */
export function configurationChangeBetween(
  before: readonly PluginConfig[],
  after: readonly PluginConfig[],
): ConfigurationChange {
  const old = new Map(before.map((config) => [config.name, config]));
  const names = new Set(after.map((config) => config.name));
  return isolate({
    added: after.filter(({ name }) => !old.has(name)).map(({ name }) => name),
    removed: before.filter(({ name }) => !names.has(name)).map(({ name }) => name),
    changed: after.flatMap((config) => {
      const fields = changedFields(old.get(config.name), config);
      return fields.length === 0 ? [] : [{ plugin: config.name, fields }];
    }),
  });
}

function changedFields(before: PluginConfig | undefined, after: PluginConfig): string[] {
  if (before === undefined) return [];
  const keys = Object.keys(after) as (keyof PluginConfig)[];
  return keys.filter((key) => !isSame(before[key], after[key]));
}
