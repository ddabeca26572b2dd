import { withoutDefaults } from '../values/secrets.js';
import type { Span } from '../source/source-text.js';

/** A value of a file that knows where it stands. Aliases share the node of their anchor. */
export type TreeNode = ScalarNode | ListNode | MapNode;

/** A text, number, boolean or null. */
export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** What the file says, when `value` came out of `${…}`: shown in its place, because the value may be a secret. */
  readonly template?: string;
  /** The value could not be worked out, which is reported: what stands here means nothing. */
  readonly failed?: boolean;
  /** The text must not be shown. */
  readonly secret: boolean;
}

/** A sequence. */
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}

/** A mapping. Keys are texts, each there once. */
export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** One entry of a mapping: where its key stands, and its value. */
export interface MapEntry {
  readonly key: Span;
  readonly value: TreeNode;
}

/** The plain value of a node: fresh objects and arrays, so that no two plugins share one. */
export function toValue(node: TreeNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toValue);
    case 'map': {
      const object: Record<string, unknown> = {};
      // `__proto__` cannot be here: the parser refuses it as a key.
      for (const [key, entry] of node.entries) object[key] = toValue(entry.value);
      return object;
    }
  }
}

/** A node in a few words, for "not …" in messages. Shows no secret and no value of a variable. */
export function describeNode(node: TreeNode): string {
  switch (node.kind) {
    case 'list':
      return node.items.length === 0 ? 'an empty list' : 'a list';
    case 'map':
      return node.entries.size === 0 ? 'an empty map' : 'a map';
    case 'scalar':
      return describeScalar(node);
  }
}

function describeScalar({ value, template, secret }: ScalarNode): string {
  if (template !== undefined) return `the text of ${withoutDefaults(template)}`;
  if (secret && typeof value === 'string') return 'a text (hidden)';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
  return String(value);
}
