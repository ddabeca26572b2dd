import path from 'node:path';
import type { PluginConfigInput, PluginSettingsInput } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { EffectiveConfig } from '../effective/effective-config.js';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { checkValue } from '../schema/check-value.js';
import { decode } from '../schema/decode.js';
import { knownSections } from '../schema/key-rules.js';
import type { VariableSources } from '../values/interpolate.js';
import { defaultConfigLimits } from '../yaml/limits.js';
import type { MapNode } from '../yaml/tree.js';
import { type DocumentInput, documentSchema, toField } from './document-schema.js';
import { loadPlugins, type PluginLoadContext } from './load-plugins.js';
import type { LoadedConfig } from './loaded-config.js';
import type { LoadConfigOptions } from './options.js';
import { pluginDirectories } from './plugin-directories.js';

/**
 * Checks the tree of a whole configuration and loads what it names. The result is complete only when nothing of weight
 * was found.
 * @param file absolute path of the configuration
 */
export async function checkDocument(
  file: string,
  { tree, hash }: { readonly tree: MapNode; readonly hash: string },
  sources: VariableSources,
  options: LoadConfigOptions,
  found: DiagnosticList,
): Promise<Omit<LoadedConfig, 'notices'>> {
  const { directory, env } = sources;
  const sections = options.sections ?? {};
  const schema = documentSchema(sections);
  const checked = checkValue(decode(tree, schema, found), { root: tree, schema }, found);
  noticeUntouchedSections(tree, sections, found);

  const context: PluginLoadContext = {
    file,
    directory,
    env,
    pluginDirectories: pluginDirectories(tree, directory, found),
    kinds: options.kinds ?? new Map(),
    hooks: (options.contracts ?? builtInContracts).map(({ name }) => name),
    manifests: new Map(),
    maxImportMs: options.limits?.maxImportMs ?? defaultConfigLimits.maxImportMs,
    found,
  };
  const input = (checked?.input ?? {}) as DocumentInput;
  const output = (checked?.output ?? {}) as Readonly<Record<string, unknown>>;
  const plugins = await loadPlugins(tree, input.plugins as readonly PluginConfigInput[] | undefined, context);
  const { configHistory, ...settings } = input.pluginSettings ?? {};
  return {
    file,
    directory,
    plugins,
    settings: settings as PluginSettingsInput,
    sections: Object.freeze(
      Object.fromEntries(
        Object.keys(sections)
          .filter((name) => output[toField(name)] !== undefined)
          .map((name) => [name, output[toField(name)]]),
      ),
    ),
    effective: new EffectiveConfig(tree),
    filesRead: Object.freeze([...sources.filesRead]),
    hash,
    historyFile: configHistory === undefined ? undefined : path.resolve(directory, configHistory),
  };
}

function noticeUntouchedSections(
  tree: MapNode,
  sections: Readonly<Record<string, unknown>>,
  found: DiagnosticList,
): void {
  for (const name of knownSections) {
    const entry = tree.entries.get(name);
    if (entry === undefined || Object.hasOwn(sections, name)) continue;
    found.add(entry.key, {
      severity: 'notice',
      code: 'KEY_IGNORED',
      path: name,
      message: `this program does not use the section \`${name}\``,
    });
  }
}
