import { withoutDefaults } from './secrets.js';
import type { TreeNode } from '../yaml/tree.js';

/** Shorter texts stand in too many places to be told apart from ordinary words. */
const shortestSecret = 4;

/**
 * A function that takes the values of variables and of secret keys below a node out of a text that somebody else wrote:
 * a plugin's schema may quote what it was given.
 */
export function variableScrubber(node: TreeNode): (text: string) => string {
  const hidden = [...secretTexts(node)]
    .filter(([value]) => value.length >= shortestSecret)
    .toSorted(([left], [right]) => right.length - left.length);
  return (text) => hidden.reduce((clean, [value, label]) => clean.replaceAll(value, () => label), text);
}

function* secretTexts(node: TreeNode): Iterable<readonly [value: string, label: string]> {
  if (node.kind === 'list') for (const item of node.items) yield* secretTexts(item);
  else if (node.kind === 'map') for (const { value } of node.entries.values()) yield* secretTexts(value);
  else if (typeof node.value === 'string') {
    if (node.secret) yield [node.value, '(hidden)'];
    else if (node.template !== undefined) yield [node.value, withoutDefaults(node.template)];
  }
}
