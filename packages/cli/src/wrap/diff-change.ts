import { createTwoFilesPatch } from 'diff';
import { applyEdits, type Edit, type Node, parseTree } from 'jsonc-parser';
import type { FileChange } from './plan-changes.js';

/** Keys of an entry whose values are credentials more often than not. */
const secretKeys: ReadonlySet<unknown> = new Set(['env', 'headers']);

/** A change as a unified diff without context, values of `env` and `headers` not shown; empty when nothing changes. */
export function diffChange({ config, text }: FileChange): string {
  if (config.text === text) return '';
  const { file } = config.place;
  const [before, after] = [config.text, text].map((side) => hideSecrets(side).replaceAll('\r\n', '\n'));
  const patch = createTwoFilesPatch(file, file, before ?? '', after ?? '', '', '', { context: 0 });
  return patch.slice(patch.indexOf('---'));
}

function hideSecrets(text: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root === undefined ? text : applyEdits(text, [...hiding(root, false)]);
}

function hiding(node: Node, isSecret: boolean): readonly Edit[] {
  const { type, children = [], offset, length } = node;
  if (type === 'property') {
    const [key, value] = children;
    return value === undefined ? [] : hiding(value, isSecret || secretKeys.has(key?.value));
  }
  if (children.length > 0) return children.flatMap((child) => hiding(child, isSecret));
  return isSecret && type !== 'object' && type !== 'array' ? [{ offset, length, content: '"…"' }] : [];
}
