import {
  type PluginClass,
  type PluginConfigInput,
  type PluginRegistration,
  resolvePluginConfig,
} from '@mcpplugins/framework-core';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { importPlugin } from '../kinds/import-plugin.js';
import {
  isKindProblem,
  type KindProblem,
  type ModuleReference,
  resolveContextForgeKind,
  resolveKind,
} from '../kinds/resolve-kind.js';
import { checkManifest, type ManifestCache } from '../manifest/check-manifest.js';
import { describeNode, type MapNode, type ScalarNode } from '../yaml/tree.js';
import { checkExternal } from './check-external.js';
import { checkHooks, checkNames, checkPatterns } from './check-plugin.js';
import { checkSettings } from './check-settings.js';
import type { KindContext, KindFactory } from './options.js';
import { type PluginEntry, report, textOf } from './plugin-entry.js';

/** What loading the plugins of one file needs. */
export interface PluginLoadContext extends KindContext {
  readonly pluginDirectories: readonly string[];
  readonly kinds: ReadonlyMap<string, KindFactory>;
  /** Names of the hooks that every plugin may use. */
  readonly hooks: readonly string[];
  readonly manifests: ManifestCache;
  readonly maxImportMs: number;
  readonly found: DiagnosticList;
}

/**
 * Finds, imports and checks the plugins of a file. Looks at each entry of the file by itself, so that a mistake in one
 * field hides none of the others.
 * @param configs the entries as the schema spells them; undefined when the document did not pass it
 */
export async function loadPlugins(
  tree: MapNode,
  configs: readonly PluginConfigInput[] | undefined,
  context: PluginLoadContext,
): Promise<readonly PluginRegistration[]> {
  const { found } = context;
  const list = tree.entries.get('plugins');
  const nodes = list?.value.kind === 'list' ? list.value.items : [];
  if (nodes.length === 0) {
    found.add(list?.key ?? { source: tree.source, start: 0, end: 1 }, {
      severity: 'notice',
      code: 'NO_PLUGINS',
      path: 'plugins',
      message: 'the configuration has no plugin: nothing is guarded',
    });
  }
  const entries = nodes.flatMap((node, index): PluginEntry[] =>
    node.kind === 'map' ? [{ node, path: ['plugins', index], input: configs?.[index], found }] : [],
  );
  checkNames(entries);
  const loaded = await Promise.all(entries.map((entry) => loadPlugin(entry, context)));
  return loaded.filter((registration) => registration !== undefined);
}

async function loadPlugin(
  entry: PluginEntry,
  context: PluginLoadContext,
): Promise<PluginRegistration | undefined> {
  checkPatterns(entry);
  checkExternal(entry);
  const kind = textOf(entry, 'kind');
  const origin = kind && findOrigin(kind, entry, context);
  if (kind && origin && 'url' in origin) checkManifest(entry, kind, origin.url, context.manifests);
  if (origin && 'alias' in origin) reportAlias(entry, kind, origin);
  const code =
    kind && origin && 'url' in origin && !isDisabled(entry)
      ? await importCode(origin, kind, entry, context)
      : undefined;
  checkHooks(entry, context.hooks, code?.pluginClass && (code.pluginClass.contracts ?? []));
  const settings = code?.pluginClass && checkSettings(entry, code.pluginClass);

  const { input } = entry;
  const { file, directory, env } = context;
  if (input === undefined || origin === undefined) return undefined;
  if (typeof origin === 'function')
    return { config: input, load: async () => origin(resolvePluginConfig(input), { file, directory, env }) };
  const config = settings === undefined || !input.config ? input : { ...input, config: settings };
  return { config, load: code?.load ?? (() => importLater(origin, context.maxImportMs)) };
}

function isDisabled(entry: PluginEntry): boolean {
  return textOf(entry, 'mode')?.value === 'disabled';
}

/** Where the code of a plugin comes from; undefined after a finding. */
function findOrigin(
  kind: ScalarNode & { readonly value: string },
  entry: PluginEntry,
  context: PluginLoadContext,
): KindFactory | ModuleReference | undefined {
  const factory = context.kinds.get(kind.value);
  if (factory !== undefined) return factory;
  const origin = kind.value === 'external' ? externalUnavailable : resolveKind(kind.value, context);
  if (!isKindProblem(origin)) return origin;
  const alias =
    origin.code === 'PACKAGE_NOT_INSTALLED' ? resolveContextForgeKind(kind.value, context) : undefined;
  if (alias !== undefined && !isKindProblem(alias)) return alias;
  reportKind(alias ?? origin, kind, entry);
  return undefined;
}

function reportAlias(entry: PluginEntry, kind: ScalarNode, { alias }: ModuleReference): void {
  if (alias === undefined) return;
  report(entry, kind, ['kind'], {
    severity: 'notice',
    code: 'KIND_ALIASED',
    message: `${alias.package} does the work of this plugin of ContextForge`,
    suggestion: `Write kind: "${alias.package}", or let \`mcpplugins migrate\` rewrite the file.`,
  });
}

const externalUnavailable: KindProblem = {
  code: 'KIND_UNKNOWN',
  message: 'cannot be used: this program does not reach external plugins',
  suggestion: 'Hosts pass the factory of `external` in the `kinds` of loadConfig.',
};

interface PluginCode {
  /** Undefined when the module threw. */
  readonly pluginClass: PluginClass | undefined;
  readonly load: () => PluginClass | Promise<PluginClass>;
}

async function importCode(
  module: ModuleReference,
  kind: ScalarNode,
  entry: PluginEntry,
  { maxImportMs }: PluginLoadContext,
): Promise<PluginCode | undefined> {
  const imported = await importPlugin(module, maxImportMs);
  if ('pluginClass' in imported) {
    const { pluginClass } = imported;
    return { pluginClass, load: () => pluginClass };
  }
  if ('problem' in imported) {
    reportKind(imported.problem, kind, entry);
    return undefined;
  }
  report(entry, kind, ['kind'], {
    severity: 'warning',
    code: 'MODULE_FAILED',
    message: `the module of ${describeNode(kind)} threw while it was imported`,
    suggestion:
      'The error is reported when the plugin is started; a plugin that may block keeps the host from starting.',
  });
  return { pluginClass: undefined, load: () => Promise.reject(imported.thrown) };
}

/** For a plugin that is disabled now and switched on later. */
async function importLater(module: ModuleReference, maxImportMs: number): Promise<PluginClass> {
  const imported = await importPlugin(module, maxImportMs);
  if ('pluginClass' in imported) return imported.pluginClass;
  throw 'thrown' in imported ? imported.thrown : new TypeError(imported.problem.message);
}

function reportKind({ code, message, suggestion }: KindProblem, kind: ScalarNode, entry: PluginEntry): void {
  const missing = code === 'PACKAGE_NOT_INSTALLED' || code === 'MODULE_NOT_FOUND';
  report(entry, kind, ['kind'], {
    // What is not there yet does not matter to a plugin that does not run.
    severity: missing && isDisabled(entry) ? 'warning' : 'error',
    code,
    message: `${describeNode(kind)} ${message}`,
    suggestion,
  });
}
