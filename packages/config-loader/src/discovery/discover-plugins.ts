import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve as resolveModule } from 'import-meta-resolve';
import type { Diagnostic } from '../errors/diagnostic.js';
import type { PluginManifest } from '../manifest/manifest-schema.js';
import { manifestFileName, readManifest } from '../manifest/read-manifest.js';

/** npm keyword of packages that have a plugin as their default export. */
export const pluginKeyword = 'mcpplugins-plugin';

/** A plugin that is there to be configured. */
export interface DiscoveredPlugin {
  /** What to write as `kind`. */
  readonly kind: string;
  /** From its manifest or package. */
  readonly name: string;
  readonly version: string | undefined;
  readonly description: string | undefined;
  /** Absolute path of its folder. */
  readonly directory: string;
  readonly source: 'package' | 'plugin_dirs';
  readonly manifest: PluginManifest | undefined;
  /** What is wrong with its manifest. */
  readonly problems: readonly Diagnostic[];
}

/** Where to look. */
export interface DiscoverOptions {
  /** Folder of the configuration. */
  readonly directory: string;
  /** Entries of `plugin_dirs`, relative to that folder or absolute: folders of plugins, or folders of such folders. */
  readonly pluginDirs?: readonly string[] | undefined;
}

/**
 * Lists plugins that a configuration could use: installed npm packages with the keyword `mcpplugins-plugin`, and
 * folders with a `plugin-manifest.yaml`. Imports no code. Sorted by kind; what stands nearer hides what has the same
 * kind further up.
 */
export function discoverPlugins({
  directory,
  pluginDirs = [],
}: DiscoverOptions): readonly DiscoveredPlugin[] {
  const absolute = path.resolve(directory);
  const found = new Map<string, DiscoveredPlugin>();
  const all = [
    ...pluginDirs.flatMap((entry) => pluginsBelow(path.resolve(absolute, entry), absolute)),
    ...packageFolders(absolute).flatMap((folder) => describePackage(folder) ?? []),
  ];
  for (const plugin of all) if (!found.has(plugin.kind)) found.set(plugin.kind, plugin);
  return [...found.values()].toSorted((left, right) => (left.kind < right.kind ? -1 : 1));
}

function* ancestors(directory: string): Iterable<string> {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    yield folder;
    if (folder === path.dirname(folder)) return;
  }
}

function packageFolders(directory: string): string[] {
  return [...ancestors(directory)].flatMap((folder) => {
    const modules = path.join(folder, 'node_modules');
    return foldersIn(modules).flatMap((name) =>
      name.startsWith('@')
        ? foldersIn(path.join(modules, name)).map((scoped) => path.join(modules, name, scoped))
        : [path.join(modules, name)],
    );
  });
}

function describePackage(folder: string): DiscoveredPlugin | undefined {
  const packageJson = readJson(path.join(folder, 'package.json'));
  const keywords = packageJson?.['keywords'];
  const name = textIn(packageJson, 'name');
  if (name === undefined || !Array.isArray(keywords) || !keywords.includes(pluginKeyword)) return undefined;
  const { manifest, problems } = manifestIn(folder);
  return {
    kind: name,
    name: manifest?.name ?? name,
    version: textIn(packageJson, 'version'),
    description: manifest?.description ?? textIn(packageJson, 'description'),
    directory: folder,
    source: 'package',
    manifest,
    problems,
  };
}

function pluginsBelow(folder: string, directory: string): DiscoveredPlugin[] {
  const folders = [folder, ...foldersIn(folder).map((name) => path.join(folder, name))];
  return folders.flatMap((candidate) => {
    if (!existsSync(path.join(candidate, manifestFileName))) return [];
    const { manifest, problems } = manifestIn(candidate);
    return {
      kind:
        manifest === undefined ? relativeKind(candidate, directory) : kindOf(manifest, candidate, directory),
      name: manifest?.name ?? path.basename(candidate),
      version: manifest?.version,
      description: manifest?.description,
      directory: candidate,
      source: 'plugin_dirs' as const,
      manifest,
      problems,
    };
  });
}

/** A manifest names a file of its own folder, or its own package; a configuration needs the file. */
function kindOf({ kind }: PluginManifest, folder: string, directory: string): string {
  const [specifier = '', exportName] = kind.split('#');
  const suffix = exportName === undefined ? '' : `#${exportName}`;
  if (specifier.startsWith('.')) return relativeKind(path.resolve(folder, specifier), directory) + suffix;
  try {
    const url = resolveModule(specifier, pathToFileURL(path.join(folder, 'package.json')).href);
    const file = fileURLToPath(url);
    if (!path.relative(folder, file).startsWith('..')) return relativeKind(file, directory) + suffix;
  } catch {
    // It is a package from elsewhere, or no package: the manifest's word for it is all there is.
  }
  return kind;
}

function relativeKind(file: string, directory: string): string {
  const relative = path.relative(directory, file).split(path.sep).join('/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function manifestIn(folder: string): Pick<DiscoveredPlugin, 'manifest' | 'problems'> {
  const file = path.join(folder, manifestFileName);
  if (!existsSync(file)) return { manifest: undefined, problems: [] };
  const reading = readManifest(file);
  return reading.manifest === undefined
    ? { manifest: undefined, problems: reading.problems }
    : { manifest: reading.manifest, problems: [] };
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .toSorted();
  } catch {
    // No such folder, or not ours to read: nothing to discover in it.
    return [];
  }
}

function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    // A folder that is no package.
    return undefined;
  }
}

function textIn(object: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
