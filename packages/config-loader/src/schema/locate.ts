import type { Span } from '../source/source-text.js';
import type { TreeNode } from '../yaml/tree.js';
import { toYamlKey } from './spelling.js';

/** Where a path of a schema's issue leads to in a file. */
export interface Location {
  /** The node that the path names, or undefined when the file has no such key. */
  readonly node: TreeNode | undefined;
  /** Place to point at: the value, or for a missing one the map that should have it. */
  readonly span: Span;
  /** The path as the file spells it. */
  readonly path: readonly PropertyKey[];
}

/**
 * Follows a path of TypeScript spelling through the tree of a file.
 * @param prefix path of `root` itself, for messages
 */
export function locate(
  root: TreeNode,
  path: readonly PropertyKey[],
  prefix: readonly PropertyKey[] = [],
): Location {
  let node = root;
  const spelt: PropertyKey[] = [...prefix];
  for (const [index, segment] of path.entries()) {
    const child = childOf(node, segment);
    if (child === undefined) {
      const rest = path.slice(index).map((key) => (typeof key === 'number' ? key : toYamlKey(String(key))));
      return { node: undefined, span: startOf(node), path: [...spelt, ...rest] };
    }
    spelt.push(child.key);
    node = child.node;
  }
  return { node, span: node, path: spelt };
}

function childOf(node: TreeNode, segment: PropertyKey): { key: PropertyKey; node: TreeNode } | undefined {
  if (node.kind === 'list') {
    const item = typeof segment === 'number' ? node.items[segment] : undefined;
    return item && { key: segment, node: item };
  }
  if (node.kind !== 'map') return undefined;
  for (const key of [String(segment), toYamlKey(String(segment))]) {
    const entry = node.entries.get(key);
    if (entry !== undefined) return { key, node: entry.value };
  }
  return undefined;
}

/** A map is pointed at by its first key alone: marking all of it would say nothing. */
function startOf(node: TreeNode): Span {
  if (node.kind !== 'map') return node;
  const [first] = node.entries.values();
  return first?.key ?? node;
}
