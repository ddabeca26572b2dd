import { formatPath } from '../schema/spelling.js';
import { maskSecretsInText, withoutDefaults } from '../values/secrets.js';
import type { ScalarNode, TreeNode } from '../yaml/tree.js';

/** One value of a configuration and where it comes from. */
export interface EffectiveValue {
  /** As in `plugins[0].mode`. */
  readonly path: string;
  /** What may be shown of the value: a variable stays a variable, a secret is `[hidden]`. */
  readonly shown: string | number | boolean | null;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Stands for a secret in everything that is shown. */
const hidden = '[hidden]';

/** What may be shown of a scalar. */
export function shownValue({ value, template, secret }: ScalarNode): string | number | boolean | null {
  if (template !== undefined) {
    const shown = withoutDefaults(template);
    return secret && !/^\$\{[^}]*\}$/.test(shown) ? hidden : maskSecretsInText(shown);
  }
  if (typeof value !== 'string') return value;
  return secret ? hidden : maskSecretsInText(value);
}

/** A scalar, or a map or list without content: what stands at the end of a path. */
export interface Leaf {
  readonly path: readonly PropertyKey[];
  readonly node: TreeNode;
}

/** Every leaf of a tree, in its order. */
export function* leavesOf(node: TreeNode, path: readonly PropertyKey[] = []): Iterable<Leaf> {
  if (node.kind === 'map' && node.entries.size > 0) {
    for (const [key, { value }] of node.entries) yield* leavesOf(value, [...path, key]);
  } else if (node.kind === 'list' && node.items.length > 0) {
    for (const [index, item] of node.items.entries()) yield* leavesOf(item, [...path, index]);
  } else yield { path, node };
}

/** A leaf as it may be shown. */
export function effectiveValue({ path, node }: Leaf): EffectiveValue {
  const { line, column } = node.source.positionOf(node.start);
  const shown = node.kind === 'scalar' ? shownValue(node) : node.kind === 'list' ? '[]' : '{}';
  return { path: formatPath(path), shown, file: node.source.file, line, column };
}
