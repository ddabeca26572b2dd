import { FrameworkError, type PluginClass } from '@mcpplugins/framework-core';
import { suggest } from '../errors/suggest.js';
import type { KindProblem, ModuleReference } from './resolve-kind.js';

/** What came out of importing a plugin's module. */
export type ImportedPlugin =
  | { readonly pluginClass: PluginClass }
  | { readonly problem: KindProblem }
  /** The module threw: not a mistake in the configuration. */
  | { readonly thrown: unknown };

/** Imports the module of a plugin and takes its class out of it. */
export async function importPlugin(
  { url, exportName = 'default' }: ModuleReference,
  maxImportMs: number,
): Promise<ImportedPlugin> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importWithin(url, maxImportMs);
  } catch (thrown) {
    return { thrown };
  }
  const names = Object.keys(module)
    .filter((name) => name !== 'module.exports')
    .toSorted();
  if (!Object.hasOwn(module, exportName)) return { problem: unknownExport(exportName, module, names) };
  const value = module[exportName];
  if (isPluginClass(value)) return { pluginClass: value };
  const what = exportName === 'default' ? 'the default export' : `the export ${exportName}`;
  return {
    problem: {
      code: 'EXPORT_NOT_PLUGIN',
      message: `names ${what}, which is ${typeof value === 'function' ? 'a function' : `a ${typeof value}`}, not a plugin class`,
      suggestion: 'Export a class that extends Plugin, or what definePlugin returns.',
    },
  };
}

/** A module that awaits something that never happens would keep a host from starting without a word. */
async function importWithin(url: string, maxImportMs: number): Promise<Readonly<Record<string, unknown>>> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = `the module was not loaded within ${maxImportMs / 1000} s: it awaits something that does not come`;
    timer = setTimeout(() => reject(new FrameworkError('MODULE_FAILED', message)), maxImportMs);
  });
  try {
    return await Promise.race([import(url) as Promise<Readonly<Record<string, unknown>>>, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function unknownExport(
  name: string,
  module: Readonly<Record<string, unknown>>,
  names: readonly string[],
): KindProblem {
  const list = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`;
  if (name === 'default') {
    const plugin = names.find((candidate) => isPluginClass(module[candidate]));
    return {
      code: 'EXPORT_UNKNOWN',
      message: `names a module without default export; ${list}`,
      suggestion: plugin === undefined ? undefined : `Write the export after the kind: #${plugin}`,
    };
  }
  return {
    code: 'EXPORT_UNKNOWN',
    message: `names an export that the module does not have; ${list}`,
    suggestion: suggest(name, names, '#'),
  };
}

/** A class that has what the manager calls. Not `instanceof`: the plugin may have its own copy of the framework. */
function isPluginClass(value: unknown): value is PluginClass {
  if (typeof value !== 'function') return false;
  const prototype: unknown = value.prototype;
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    'initialize' in prototype &&
    'shutdown' in prototype
  );
}
