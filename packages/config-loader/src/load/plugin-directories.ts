import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { formatPath } from '../schema/spelling.js';
import { type MapNode, toValue } from '../yaml/tree.js';

/** Absolute paths of `plugin_dirs`. Reports those that are no folders. */
export function pluginDirectories(
  tree: MapNode,
  directory: string,
  found: DiagnosticList,
): readonly string[] {
  const list = tree.entries.get('plugin_dirs')?.value;
  if (list?.kind !== 'list') return [];
  const directories: string[] = [];
  for (const [index, item] of list.items.entries()) {
    const value = toValue(item);
    if (typeof value !== 'string' || value === '' || value.includes('\0')) continue;
    const resolved = path.resolve(directory, value);
    if (existsSync(resolved) && statSync(resolved).isDirectory()) directories.push(resolved);
    else {
      found.add(item, {
        code: 'VALUE_INVALID',
        path: formatPath(['plugin_dirs', index]),
        message: 'is not a folder that exists',
        suggestion: 'Paths start from the folder of the configuration.',
      });
    }
  }
  return directories;
}
