import type { OptionAlias } from '../kinds/contextforge-kinds.js';
import { type MapEntry, type MapNode, toValue } from '../yaml/tree.js';
import { type PluginEntry, report } from './plugin-entry.js';

/**
 * The entry of a plugin with its options in the spelling of the package that does its work. What stands in the file
 * keeps its place there.
 */
export function renameOptions(
  entry: PluginEntry,
  options: Readonly<Record<string, OptionAlias>>,
): PluginEntry {
  const config = entry.node.entries.get('config');
  if (config?.value.kind !== 'map') return entry;
  const renamed = new Map<string, MapEntry>();
  for (const [key, option] of config.value.entries) {
    const alias = Object.hasOwn(options, key) ? options[key] : undefined;
    if (alias === undefined) renamed.set(key, option);
    else if ('to' in alias) renamed.set(alias.to, option);
    else {
      report(entry, option.key, ['config', key], {
        severity: 'notice',
        code: 'KEY_IGNORED',
        message: `\`${key}\` has no effect here: ${alias.ignored}`,
      });
    }
  }
  const value: MapNode = { ...config.value, entries: renamed };
  const node: MapNode = {
    ...entry.node,
    entries: new Map(entry.node.entries).set('config', { ...config, value }),
  };
  const input = entry.input && {
    ...entry.input,
    config: toValue(value) as Readonly<Record<string, unknown>>,
  };
  return { ...entry, node, input };
}
