import type { ListNode, MapEntry, MapNode, TreeNode } from '../yaml/tree.js';

/**
 * A file's tree with another one laid over it: maps are merged key by key, entries of `plugins` by their name; any
 * other value is replaced; `null` removes a key. Nodes keep the places that they have in their own files.
 */
export function mergeTrees(base: MapNode, overlay: MapNode): MapNode {
  return mergeMaps(base, overlay, (key, below, above) =>
    key === 'plugins' && below.kind === 'list' && above.kind === 'list'
      ? mergePlugins(below, above)
      : undefined,
  );
}

type SpecialMerge = (key: string, below: TreeNode, above: TreeNode) => TreeNode | undefined;

function mergeMaps(base: MapNode, overlay: MapNode, special?: SpecialMerge): MapNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of overlay.entries) {
    const below = entries.get(key);
    if (isNull(entry.value)) entries.delete(key);
    else entries.set(key, below === undefined ? entry : mergeEntries(key, below, entry, special));
  }
  return { ...base, entries };
}

function mergeEntries(key: string, below: MapEntry, above: MapEntry, special?: SpecialMerge): MapEntry {
  const merged = special?.(key, below.value, above.value);
  if (merged !== undefined) return { key: below.key, value: merged };
  // What is said again without a difference keeps its first place.
  if (isSameScalar(below.value, above.value)) return below;
  if (below.value.kind !== 'map' || above.value.kind !== 'map') return above;
  return { key: below.key, value: mergeMaps(below.value, above.value) };
}

function mergePlugins(base: ListNode, overlay: ListNode): ListNode {
  const items = [...base.items];
  const merged = new Set<string>();
  for (const plugin of overlay.items) {
    const name = pluginName(plugin);
    const index = name === undefined ? -1 : base.items.findIndex((item) => pluginName(item) === name);
    const below = items[index];
    // A second entry of one name in one file is a mistake, which is found as a duplicate.
    if (name === undefined || merged.has(name) || below?.kind !== 'map' || plugin.kind !== 'map')
      items.push(plugin);
    else {
      items[index] = mergeMaps(below, plugin);
      merged.add(name);
    }
  }
  return { ...base, items };
}

/** The name of an entry of `plugins`, if it has one. */
export function pluginName(node: TreeNode): string | undefined {
  if (node.kind !== 'map') return undefined;
  const name = node.entries.get('name')?.value;
  return name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined;
}

function isSameScalar(left: TreeNode, right: TreeNode): boolean {
  return (
    left.kind === 'scalar' &&
    right.kind === 'scalar' &&
    left.value === right.value &&
    left.template === right.template
  );
}

function isNull(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
