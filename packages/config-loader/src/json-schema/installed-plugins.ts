import path from 'node:path';
import { describeError } from '@mcpplugins/framework-core';
import {
  type DiscoveredPlugin,
  discoverPlugins,
  type DiscoverOptions,
} from '../discovery/discover-plugins.js';
import { importPlugin } from '../kinds/import-plugin.js';
import { isKindProblem, resolveKind } from '../kinds/resolve-kind.js';
import { defaultConfigLimits } from '../yaml/limits.js';
import type { SchemaPlugin } from './build-json-schema.js';

/** Plugins for `buildJsonSchema`, and why others are not among them. */
export interface InstalledPlugins {
  readonly plugins: readonly SchemaPlugin[];
  readonly failures: readonly { readonly kind: string; readonly reason: string }[];
}

/** Imports every plugin that `discoverPlugins` finds, for its settings schema. */
export async function installedPlugins(options: DiscoverOptions): Promise<InstalledPlugins> {
  const directory = path.resolve(options.directory);
  const pluginDirectories = (options.pluginDirs ?? []).map((folder) => path.resolve(directory, folder));
  const plugins: SchemaPlugin[] = [];
  const failures: { kind: string; reason: string }[] = [];
  const load = async (found: DiscoveredPlugin) => {
    const { kind, description } = found;
    const module = resolveKind(kind, { directory, pluginDirectories });
    if (isKindProblem(module)) return void failures.push({ kind, reason: module.message });
    const imported = await importPlugin(module, defaultConfigLimits.maxImportMs);
    if ('thrown' in imported) return void failures.push({ kind, reason: describeError(imported.thrown) });
    if ('problem' in imported) return void failures.push({ kind, reason: imported.problem.message });
    const { settingsSchema, contracts } = imported.pluginClass;
    plugins.push({ kind, description, settingsSchema, contracts });
  };
  for (const found of discoverPlugins(options)) await load(found);
  return { plugins, failures };
}
