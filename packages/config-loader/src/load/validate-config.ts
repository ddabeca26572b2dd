import path from 'node:path';
import { stringify } from 'yaml';
import { ConfigError } from '../errors/config-error.js';
import { type Diagnostic, DiagnosticList } from '../errors/diagnostic.js';
import { checkLocks } from '../overlays/check-locks.js';
import { mergeTrees } from '../overlays/merge-trees.js';
import { SourceText } from '../source/source-text.js';
import { defaultConfigLimits } from '../yaml/limits.js';
import { type MapNode, toValue } from '../yaml/tree.js';
import { checkDocument } from './check-document.js';
import type { LoadConfigOptions } from './options.js';
import { parseTree, parseTreeWith } from './parse-tree.js';

/** The content of a configuration file as plain values, spelt as in the file. */
export type ConfigDocument = Readonly<Record<string, unknown>>;

/** What `validateConfig` takes besides the configuration. */
export interface ValidateConfigOptions extends Omit<LoadConfigOptions, 'environment' | 'overlays'> {
  /** Where the configuration is, or will be: packages and files are looked for from its folder. Default: `config.yaml` in the working folder. */
  readonly file?: string | undefined;
}

/**
 * Checks a configuration that is not in a file yet: its text, or its content. Positions in findings about content are
 * those of its YAML.
 * @returns warnings and notices
 * @throws ConfigError `CONFIG_FILE_INVALID`, with every mistake in its `diagnostics`
 */
export async function validateConfig(
  config: string | ConfigDocument,
  options: ValidateConfigOptions = {},
): Promise<readonly Diagnostic[]> {
  const file = options.file ?? 'config.yaml';
  const found = new DiagnosticList();
  const absolute = path.resolve(file);
  const sources = {
    env: options.env ?? process.env,
    directory: path.dirname(absolute),
    filesRead: new Set<string>(),
  };
  const source = new SourceText(file, typeof config === 'string' ? config : stringify(config));
  const tree = parseTree(source, sources, { ...defaultConfigLimits, ...options.limits }, found);
  if (tree !== undefined) await checkDocument(absolute, { tree, hash: '' }, sources, options, found);
  if (found.hasErrors) throw new ConfigError(found.sorted('error'));
  return found.sorted('warning', 'notice');
}

/**
 * The content of a configuration with another one laid over it: maps are merged key by key, plugins by name, anything
 * else is replaced, `null` removes. Variables stay as they are. Nothing of the arguments is changed or shared.
 * @throws ConfigError `CONFIG_FILE_INVALID` when a locked plugin would become less strict
 */
export function mergeConfigs(base: ConfigDocument, override: ConfigDocument): ConfigDocument {
  const found = new DiagnosticList();
  const below = treeOf(base, 'base', found);
  const above = treeOf(override, 'override', found);
  if (below !== undefined && above !== undefined) {
    const merged = mergeTrees(below, above);
    checkLocks(below, above, merged, found);
    if (!found.hasErrors) return toValue(merged) as ConfigDocument;
  }
  throw new ConfigError(found.sorted('error'));
}

function treeOf(config: ConfigDocument, name: string, found: DiagnosticList): MapNode | undefined {
  // An empty document is a fine thing to merge.
  if (Object.keys(config).length === 0) return { kind: 'map', ...emptySpan(name), entries: new Map() };
  return parseTreeWith(
    new SourceText(name, stringify(config)),
    (value) => ({ value }),
    defaultConfigLimits,
    found,
  );
}

function emptySpan(name: string) {
  return { source: new SourceText(name, ''), start: 0, end: 0 };
}
