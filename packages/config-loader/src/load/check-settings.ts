import { describeError, type PluginClass } from '@mcpplugins/framework-core';
import { checkValue } from '../schema/check-value.js';
import { variableScrubber } from '../values/scrub.js';
import { type MapNode, toValue } from '../yaml/tree.js';
import { type PluginEntry, report } from './plugin-entry.js';

/**
 * Checks the `config` of a plugin by the plugin's own schema.
 * @returns the `config` to hand to the plugin (the schema's output is made by the plugin itself); undefined after findings
 */
export function checkSettings(
  entry: PluginEntry,
  { settingsSchema }: PluginClass,
): Readonly<Record<string, unknown>> | undefined {
  const configEntry = entry.node.entries.get('config');
  const written = configEntry === undefined ? undefined : toValue(configEntry.value);
  const value = (written ?? {}) as Readonly<Record<string, unknown>>;
  // A `config` that is no map is the business of the common schema.
  if (settingsSchema === undefined || typeof value !== 'object' || Array.isArray(value)) return value;
  try {
    const checked = checkValue(
      value,
      {
        root: configEntry?.value.kind === 'map' ? configEntry.value : emptyMap(entry.node),
        prefix: [...entry.path, 'config'],
        schema: settingsSchema,
        code: 'PLUGIN_SETTINGS_REJECTED',
        scrub: variableScrubber(entry.node),
      },
      entry.found,
    );
    return checked?.input as Readonly<Record<string, unknown>> | undefined;
  } catch (error) {
    report(entry, configEntry?.key ?? entry.node, ['config'], {
      code: 'PLUGIN_SETTINGS_REJECTED',
      message: `the settings schema of the plugin cannot be used: ${variableScrubber(entry.node)(describeError(error))}`,
      suggestion: 'This is a defect of the plugin: a schema must be synchronous and must not throw.',
    });
    return undefined;
  }
}

/** Stands for a `config` that is not there: what is missing from it is shown at the start of the plugin. */
function emptyMap({ source, start, entries }: MapNode): MapNode {
  const [first] = entries.values();
  return { kind: 'map', source, start, end: first?.key.end ?? start + 1, entries: new Map() };
}
