import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { TreeNode } from '../yaml/tree.js';
import { shownValue } from './effective-value.js';

/** How a configuration is printed. */
export interface PrintOptions {
  /** Writes behind each value the file and line that it comes from. */
  readonly origins?: boolean | undefined;
}

/** A tree as YAML without secrets. */
export function treeToYaml(tree: TreeNode, options: PrintOptions = {}): string {
  const document = new Document(toNode(tree, options));
  return document.toString({ lineWidth: 0 });
}

function toNode(node: TreeNode, options: PrintOptions): Scalar | YAMLMap | YAMLSeq {
  if (node.kind === 'map') {
    const map = new YAMLMap<Scalar, unknown>();
    for (const [key, { value }] of node.entries)
      map.items.push(new Pair(new Scalar(key), toNode(value, options)));
    if (map.items.length === 0) comment(map, node, options);
    return map;
  }
  if (node.kind === 'list') {
    const list = new YAMLSeq<unknown>();
    for (const item of node.items) list.items.push(toNode(item, options));
    if (list.items.length === 0) comment(list, node, options);
    return list;
  }
  const scalar = new Scalar(shownValue(node));
  comment(scalar, node, options);
  return scalar;
}

function comment(
  target: Scalar | YAMLMap | YAMLSeq,
  { source, start }: TreeNode,
  { origins = false }: PrintOptions,
): void {
  if (origins) target.comment = ` ${source.file}:${source.positionOf(start).line}`;
}
