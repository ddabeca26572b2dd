import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve as resolveModule } from 'import-meta-resolve';
import { suggest } from '../errors/suggest.js';
import { type ContextForgePlugin, contextForgePlugin } from './contextforge-kinds.js';
import type { Finding } from '../errors/diagnostic.js';
import { firstPartyPackage } from './first-party.js';

/** Where the code of a plugin is. */
export interface ModuleReference {
  /** `file:` URL of the module. */
  readonly url: string;
  /** Name of the export, or undefined for the default one. */
  readonly exportName: string | undefined;
  /** How it came to stand for a plugin of ContextForge. */
  readonly alias?: Extract<ContextForgePlugin, { readonly package: string }>;
}

/** Folders that a `kind` may lead into. */
export interface KindFolders {
  /** Folder of the configuration: packages are found and relative files start from here. */
  readonly directory: string;
  /** Absolute paths of `plugin_dirs`. */
  readonly pluginDirectories: readonly string[];
}

/** Why a `kind` leads nowhere. */
export type KindProblem = Pick<Finding, 'code' | 'message' | 'suggestion'>;

/** A package name of npm, with an optional path below it. */
const packageName = /^(@[a-z0-9~-][\w.~-]*\/[a-z0-9~-][\w.~-]*|[a-z0-9~-][\w.~-]*)(\/[\w./~-]+)?$/i;

/** Finds the module that a `kind` names, without importing it. */
export function resolveKind(kind: string, folders: KindFolders): ModuleReference | KindProblem {
  const [specifier = '', exportName, ...more] = kind.split('#');
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(kind)) return invalid('has a control character in it');
  if (specifier === '' || exportName === '' || more.length > 0) {
    return invalid('must be a package or file, with an optional #Export after it');
  }
  if (specifier.startsWith('.') || path.isAbsolute(specifier))
    return resolveFile(specifier, exportName, folders);
  if (/^[a-z][a-z\d+.-]*:/i.test(specifier)) {
    return invalid(
      'is a URL or a built-in module; plugins come from npm packages and files below the configuration',
    );
  }
  return resolvePackage(specifier, exportName, folders);
}

/**
 * Finds the package that does the work of a Python plugin of ContextForge; undefined when `kind` has not the form of
 * one. An npm package of that name comes first, so ask `resolveKind` before.
 */
export function resolveContextForgeKind(
  kind: string,
  folders: KindFolders,
): ModuleReference | KindProblem | undefined {
  const plugin = contextForgePlugin(kind);
  if (plugin === undefined) return undefined;
  if ('instead' in plugin) {
    return {
      code: 'KIND_UNKNOWN',
      message: 'is a Python plugin, which cannot run in this process',
      suggestion: `${plugin.instead.charAt(0).toUpperCase()}${plugin.instead.slice(1)}.`,
    };
  }
  const resolved = resolvePackage(plugin.package, undefined, folders);
  if (!isKindProblem(resolved)) return { ...resolved, alias: plugin };
  return { ...resolved, message: `stands for ${plugin.package} here: ${resolved.message}` };
}

/** Whether `resolveKind` found something wrong. */
export function isKindProblem(result: ModuleReference | KindProblem): result is KindProblem {
  return 'code' in result;
}

function resolveFile(
  specifier: string,
  exportName: string | undefined,
  { directory, pluginDirectories }: KindFolders,
): ModuleReference | KindProblem {
  const file = path.resolve(directory, specifier);
  const roots = [directory, ...pluginDirectories];
  if (!roots.some((root) => isInside(file, root))) return outside();
  if (!existsSync(file) || !statSync(file).isFile()) {
    const name = path.basename(file);
    const siblings = existsSync(path.dirname(file)) ? readdirSync(path.dirname(file)) : [];
    return {
      code: 'MODULE_NOT_FOUND',
      message: 'names a file that does not exist',
      suggestion: suggest(name, siblings, specifier.slice(0, specifier.lastIndexOf(name))),
    };
  }
  // A symbolic link may lead outside although its own path does not.
  const real = realpathSync(file);
  if (!roots.some((root) => existsSync(root) && isInside(real, realpathSync(root)))) return outside();
  return { url: pathToFileURL(real).href, exportName };
}

function resolvePackage(
  specifier: string,
  exportName: string | undefined,
  { directory }: KindFolders,
): ModuleReference | KindProblem {
  const [, name] = packageName.exec(specifier) ?? [];
  if (name === undefined || specifier.split('/').includes('..')) {
    return invalid('is neither a package name nor a relative file, which starts with ./');
  }
  try {
    const url = resolveModule(specifier, pathToFileURL(path.join(directory, 'config.yaml')).href);
    if (!url.startsWith('file:')) return invalid('is a built-in module of Node.js, not a plugin');
    if (existsSync(new URL(url))) return { url, exportName };
  } catch {
    // What is wrong is worked out below, in words that fit a configuration.
  }
  if (isInstalled(name, directory)) {
    return {
      code: 'MODULE_NOT_FOUND',
      message: `is installed, but exports no module under that name, or its file is missing`,
      suggestion: 'If the package is your own, build it first.',
    };
  }
  if (existsSync(path.resolve(directory, specifier))) {
    return {
      code: 'KIND_UNKNOWN',
      message: 'is no package; a file starts with ./',
      suggestion: `Write "./${specifier}".`,
    };
  }
  const ours = firstPartyPackage(name);
  return {
    code: 'PACKAGE_NOT_INSTALLED',
    message: `cannot be loaded: the package ${name} is not installed where the configuration is`,
    suggestion:
      ours === undefined || ours === name
        ? `Run: npm install ${name}`
        : `Did you mean "${ours}"? If not, run: npm install ${name}`,
  };
}

function isInstalled(name: string, directory: string): boolean {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', name, 'package.json'))) return true;
    if (folder === path.dirname(folder)) return false;
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

function invalid(message: string): KindProblem {
  return { code: 'KIND_INVALID', message };
}

function outside(): KindProblem {
  return {
    code: 'KIND_INVALID',
    message: "leads outside of the configuration's folder and of every entry of `plugin_dirs`",
    suggestion: 'Add the folder to `plugin_dirs` if it is meant.',
  };
}
