import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Severity } from '@mcpplugins/config-loader';
import type { Finding } from '../output/diagnostics.js';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';

/** Where in a plugin's entry to point, by the code of the error; the first key that is there. */
const keysByCode: Readonly<Record<string, readonly string[]>> = {
  HOOK_UNKNOWN: ['hooks', 'kind'],
  HOOK_NOT_FIRED: ['hooks', 'kind'],
  HOOK_NOT_IMPLEMENTED: ['hooks', 'kind'],
  IDENTITY_NOT_SUPPLIED: ['conditions'],
  PATTERN_UNSUPPORTED: ['conditions'],
  DISABLE_NOT_ALLOWED: ['on_error'],
  PLUGIN_SETTINGS_INVALID: ['config', 'kind'],
  PLUGIN_LOAD_FAILED: ['kind'],
  PLUGIN_INITIALIZE_FAILED: ['kind'],
};

/** An error about a plugin, which the manager knows by name only. */
export interface PluginProblem {
  readonly plugin: string | undefined;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion: string | undefined;
}

/**
 * Turns a problem of a plugin into a finding that names file, line and column.
 * @param file the configuration as it was typed; it has passed every check of the loader
 * @param cwd folder that it is relative to
 */
export function placeProblem(problem: PluginProblem, file: string, cwd: string): Finding {
  const text = readFileSync(path.resolve(cwd, file), 'utf8');
  const lines = new LineCounter();
  const place = findPlace(parseDocument(text, { lineCounter: lines }).get('plugins'), problem);
  const { line, col: column } = place === undefined ? { line: 1, col: 1 } : lines.linePos(place.offset);
  return {
    severity: problem.severity,
    code: problem.code,
    file,
    line,
    column,
    path: place?.path ?? '',
    message: problem.message,
    ...(problem.suggestion !== undefined && { suggestion: problem.suggestion }),
    frame: place === undefined ? '' : frameOf(text, line, column),
  };
}

interface Place {
  readonly offset: number;
  readonly path: string;
}

function findPlace(plugins: unknown, { plugin, code }: PluginProblem): Place | undefined {
  if (!isSeq(plugins)) return undefined;
  const index = plugins.items.findIndex((item) => isMap(item) && item.get('name') === plugin);
  const entry = plugins.items[index];
  if (!isMap(entry)) return undefined;
  for (const key of [...(keysByCode[code] ?? []), 'name']) {
    const offset = keyOffset(entry, key);
    if (offset !== undefined) return { offset, path: `plugins[${index}].${key}` };
  }
  return undefined;
}

function keyOffset(entry: YAMLMap, key: string): number | undefined {
  const pair = entry.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
}

function frameOf(text: string, line: number, column: number): string {
  const row = text.split(/\r?\n/)[line - 1] ?? '';
  const width = String(line).length;
  const word = /^[\w-]+/.exec(row.slice(column - 1))?.[0] ?? 'x';
  return `> ${line} | ${row}\n  ${' '.repeat(width)} | ${' '.repeat(column - 1)}${'^'.repeat(word.length)}`;
}
