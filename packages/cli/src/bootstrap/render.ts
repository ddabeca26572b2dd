import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../package-file.js';
import type { PluginNames } from './plugin-name.js';
import { type TemplateName, templates } from './templates.js';

/** A file of a new plugin. */
export interface RenderedFile {
  /** From the plugin's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What `renderTemplate` takes besides the template. */
export interface RenderOptions {
  readonly names: PluginNames;
  /** For the manifest; default: a text to replace. */
  readonly author?: string | undefined;
}

/**
 * The files of a new plugin, sorted by path. Templates are whole plugins by the name of word-guard: what is filled in is their
 * name, the author and the versions of packages.
 */
export function renderTemplate(template: TemplateName, options: RenderOptions): readonly RenderedFile[] {
  const versions = readVersions();
  return templates[template].folders
    .flatMap((folder) => {
      const root = packageFile(`templates/${folder}`);
      return readdirSync(root, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => ({
          path: targetOf(path.relative(root, file).replaceAll(path.sep, '/'), options.names),
          text: fill(readFileSync(file, 'utf8'), options, versions),
        }));
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** npm leaves out files of some names when it packs, and takes others for its own: they have other names in the package. */
function targetOf(file: string, names: PluginNames): string {
  return rename(file, names)
    .replace(/\.template$/, '')
    .replace(/^(gitignore|dockerignore)$/, '.$1');
}

function fill(text: string, { names, author }: RenderOptions, versions: ReadonlyMap<string, string>): string {
  const filled = rename(text, names)
    .replaceAll(/"([^"\n]+)": "(RANGE|PEER)"/g, (_, name: string, use: string) => {
      const range = versions.get(name) ?? '*';
      return `"${name}": "${use === 'PEER' ? `>=${range.replace(/^\^/, '')} <1.0.0` : range}"`;
    })
    .replaceAll('@mcpplugins/cli@CLI', () => `@mcpplugins/cli@${versions.get('@mcpplugins/cli')}`);
  // A JSON string is a YAML string.
  return author === undefined
    ? filled
    : filled.replace(/^author: .*$/m, () => `author: ${JSON.stringify(author)}`);
}

function rename(text: string, { kebab, snake, pascal }: PluginNames): string {
  return text.replaceAll('word-guard', kebab).replaceAll('word_guard', snake).replaceAll('WordGuard', pascal);
}

/** Ranges of the packages that templates use: those that this package works with itself. */
function readVersions(): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return new Map([...Object.entries(manifest.dependencies), [manifest.name, `^${manifest.version}`]]);
}
