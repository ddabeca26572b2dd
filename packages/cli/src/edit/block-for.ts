import type { DiscoveredPlugin } from '@mcpplugins/config-loader';
import type { PluginBlock } from './plugin-block.js';

/** Choices about a new plugin that the manifest does not make. */
export interface BlockChoices {
  readonly name?: string | undefined;
  readonly mode?: string | undefined;
  readonly priority?: number | undefined;
}

/** A block for an installed plugin: named after its package, with the settings that its manifest starts from. */
export function blockFor(
  plugin: DiscoveredPlugin,
  choices: BlockChoices,
  taken: readonly string[],
): PluginBlock {
  return {
    name: choices.name ?? freeName(shortName(plugin.kind), taken),
    kind: plugin.kind,
    mode: choices.mode ?? 'enforce',
    priority: choices.priority ?? 100,
    config: plugin.manifest?.defaultConfig ?? {},
    comment: plugin.description,
  };
}

/** `@acme/plugin-word-filter` as `word-filter`. */
function shortName(kind: string): string {
  const last = kind.split('/').at(-1) ?? kind;
  return last.replace(/^(mcpplugins-)?plugin-/, '').replace(/\.\w+$/, '') || last;
}

function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((other) => other.toLowerCase()));
  let candidate = name;
  for (let count = 2; used.has(candidate.toLowerCase()); count++) candidate = `${name}-${count}`;
  return candidate;
}
