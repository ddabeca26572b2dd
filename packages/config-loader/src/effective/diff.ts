import { formatPath } from '../schema/spelling.js';
import type { MapNode, TreeNode } from '../yaml/tree.js';
import { pluginName } from '../overlays/merge-trees.js';
import { effectiveValue, type Leaf, leavesOf } from './effective-value.js';

/** One value that differs between two configurations. Shows no secret. */
export interface ConfigChange {
  /** Plugins by name, as in `plugins["pii"].mode`: their place in the list may differ. */
  readonly path: string;
  /** Undefined: the value is new. */
  readonly before?: string | number | boolean | null;
  /** Undefined: the value is gone. When it equals `before`, what stands behind a variable or secret changed. */
  readonly after?: string | number | boolean | null;
}

/** What differs between two trees, plugins compared by name; the order of plugins counts as a value of its own. */
export function diffTrees(before: MapNode, after: MapNode): readonly ConfigChange[] {
  const old = leavesByPath(before);
  const fresh = leavesByPath(after);
  const changes: ConfigChange[] = [];
  for (const [path, leaf] of old) {
    const now = fresh.get(path);
    if (now === undefined) changes.push({ path, before: effectiveValue(leaf).shown });
    else if (!isSame(leaf.node, now.node)) {
      changes.push({ path, before: effectiveValue(leaf).shown, after: effectiveValue(now).shown });
    }
  }
  for (const [path, leaf] of fresh)
    if (!old.has(path)) changes.push({ path, after: effectiveValue(leaf).shown });
  const orders = [orderOf(before), orderOf(after)] as const;
  if (changes.length === 0 && orders[0] !== orders[1]) {
    changes.push({ path: 'plugins', before: orders[0], after: orders[1] });
  }
  return changes;
}

function leavesByPath(tree: MapNode): ReadonlyMap<string, Leaf> {
  return new Map([...leavesOf(tree)].map((leaf) => [formatPath(namedPath(tree, leaf.path)), leaf]));
}

function namedPath(tree: MapNode, path: readonly PropertyKey[]): readonly PropertyKey[] {
  const [section, index, ...rest] = path;
  if (section !== 'plugins' || typeof index !== 'number') return path;
  const list = tree.entries.get('plugins')?.value;
  const entry = list?.kind === 'list' ? list.items[index] : undefined;
  const name = entry && pluginName(entry);
  return name === undefined ? path : [section, name, ...rest];
}

function isSame(left: TreeNode, right: TreeNode): boolean {
  if (left.kind !== 'scalar' || right.kind !== 'scalar') return left.kind === right.kind;
  return left.value === right.value;
}

function orderOf(tree: MapNode): string {
  const list = tree.entries.get('plugins')?.value;
  return list?.kind === 'list' ? list.items.map((item) => pluginName(item) ?? '?').join(', ') : '';
}
