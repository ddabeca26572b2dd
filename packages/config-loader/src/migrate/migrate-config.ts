import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { Document, isMap, type YAMLMap, type YAMLSeq } from 'yaml';
import { ConfigError } from '../errors/config-error.js';
import { DiagnosticList } from '../errors/diagnostic.js';
import { schemaComment } from '../json-schema/schema-comment.js';
import { knownSections } from '../schema/key-rules.js';
import { settingsSchema } from '../schema/settings-schema.js';
import { toYamlKey } from '../schema/spelling.js';
import { SourceText } from '../source/source-text.js';
import { defaultConfigLimits } from '../yaml/limits.js';
import { parseDocument } from '../yaml/parse-document.js';
import { replaceJinja } from './jinja.js';
import { dropUnknown, migratePlugin } from './migrate-plugin.js';
import { type MigrationReport, ReportBuilder } from './migration-report.js';
import { EditableMap } from './yaml-edit.js';

/** A ContextForge configuration in this project's form. */
export interface Migration {
  /** The new file, with the comments of the old one. */
  readonly yaml: string;
  readonly report: MigrationReport;
}

/** What `migrateConfig` takes besides the text. */
export interface MigrateOptions {
  /** Name of the old file, for messages. Default: `config.yaml`. */
  readonly file?: string | undefined;
  /** Hooks that the host calls: others are taken out. Default: all built-in ones. */
  readonly hooks?: readonly string[] | undefined;
}

const printOptions = { lineWidth: 0, flowCollectionPadding: false } as const;
const settingsKeys = new Set(Object.keys(settingsSchema.shape).map(toYamlKey));
const sections = new Set<string>(['plugins', 'plugin_settings', ...knownSections]);
/** A timeout that was most likely meant in milliseconds. */
const suspiciousSeconds = 600;

/**
 * Rewrites a configuration of ContextForge or cpex: class paths become packages, Jinja becomes variables, what has no
 * effect goes. A plugin without counterpart stays as a comment and is reported. Reads no file and no environment.
 * @throws ConfigError `CONFIG_FILE_INVALID` when the text is not YAML, apart from its Jinja
 */
export function migrateConfig(text: string, options: MigrateOptions = {}): Migration {
  const { file = 'config.yaml', hooks = builtInContracts.map(({ name }) => name) } = options;
  const report = new ReportBuilder();
  const found = new DiagnosticList();
  const source = new SourceText(file, replaceJinja(text.replace(/^\u{FEFF}/u, ''), report));
  const document = parseDocument(source, defaultConfigLimits.maxDepth, found);
  if (document === undefined || found.hasErrors) throw new ConfigError(found.sorted('error'));
  if (!isMap(document.contents)) {
    found.addForFile(file, { code: 'VALUE_INVALID', message: 'is not a configuration: it has no keys' });
    throw new ConfigError(found.sorted('error'));
  }
  const root = new EditableMap(document.contents as YAMLMap<unknown, unknown>, [], source, report);
  migrateSettings(root);
  for (const key of root.keys()) {
    if (key === 'plugin_dirs') root.remove(key, 'named folders of Python plugins');
    else if (!sections.has(key)) root.remove(key, 'does nothing here');
  }
  const list = root.list('plugins');
  if (list !== undefined) migratePlugins(list, root, new Set(hooks));
  // The library's way to keep a blank line between the comment and the content.
  document.commentBefore = [schemaComment(), document.commentBefore ?? '']
    .filter((part) => part !== '')
    .join('\n');
  return { yaml: document.toString(printOptions), report: report.build() };
}

function migrateSettings(root: EditableMap): void {
  const settings = root.map('plugin_settings');
  if (settings === undefined) return;
  dropUnknown(settings, settingsKeys);
  const timeout = settings.scalar('plugin_timeout');
  if (typeof timeout === 'number' && timeout > suspiciousSeconds) {
    settings.manual(
      'plugin_timeout',
      `${timeout} seconds: if milliseconds were meant, write ${timeout / 1000}`,
    );
  }
}

function migratePlugins(list: YAMLSeq<unknown>, root: EditableMap, hooks: ReadonlySet<string>): void {
  const names = new Map<string, number>();
  const plugins = root.maps('plugins');
  const kept: unknown[] = [];
  let comments = '';
  for (const [index, item] of list.items.entries()) {
    const plugin = plugins.find(({ node }) => node === item);
    const instead = plugin && migratePlugin(plugin, hooks);
    if (plugin === undefined || instead === undefined) {
      if (comments !== '' && isMap(item)) item.commentBefore = joinComments(comments, item.commentBefore);
      comments = '';
      kept.push(item);
      if (plugin !== undefined) noteDuplicate(plugin, names);
      continue;
    }
    const name = plugin.text('name') ?? `plugin ${index + 1}`;
    const kind = plugin.text('kind') ?? '';
    const wasActive = plugin.scalar('mode') !== 'disabled';
    root.report.missing({ name, kind, line: plugin.lineOf(), wasActive, instead }, plugin.lastLine());
    comments = joinComments(comments, commentedOut(plugin.node, `${name}: no counterpart; ${instead}`));
  }
  list.items = kept;
  if (comments !== '') list.comment = joinComments(list.comment, comments);
}

function noteDuplicate(plugin: EditableMap, names: Map<string, number>): void {
  const name = plugin.scalar('name');
  if (typeof name !== 'string') return;
  const first = names.get(name.toLowerCase());
  if (first === undefined) names.set(name.toLowerCase(), plugin.lineOf());
  else
    plugin.manual('name', `line ${first} has that name already; names must differ in more than letter case`);
}

function commentedOut(node: YAMLMap<unknown, unknown>, title: string): string {
  const text = new Document([node]).toString(printOptions).trimEnd();
  return [` ${title}`, ...text.split('\n').map((line) => ` ${line}`)].join('\n');
}

function joinComments(...comments: readonly (string | null | undefined)[]): string {
  return comments.filter((comment) => comment !== null && comment !== undefined && comment !== '').join('\n');
}
