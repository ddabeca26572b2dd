import { createTwoFilesPatch } from 'diff';
import { applyEdits, type Edit, type Node, parseTree } from 'jsonc-parser';
import { parseServers } from './client-config.js';
import type { ClientPlace } from './client-places.js';
import { type FileChange, isChanged } from './plan-changes.js';

/** Keys whose values are credentials more often than not. */
const secretKeys: ReadonlySet<unknown> = new Set(['env', 'headers']);

/** A change as a unified diff without context, values of `env` and `headers` not shown; empty when nothing changes. */
export function diffChange(change: FileChange): string {
  if (!isChanged(change)) return '';
  const { place, text } = change.config;
  const [before = '', after = ''] = [text, change.text].map((side) => shown(side, place));
  const patch = createTwoFilesPatch(place.file, place.file, before, after, undefined, undefined, {
    context: 0,
  });
  return patch.slice(patch.indexOf('---'));
}

function shown(text: string, place: ClientPlace): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  // A server may be called `env`.
  const servers = new Set(parseServers(text, place).map(({ node }) => node.offset));
  const edits = root === undefined ? [] : hiding(root, { isSecret: false, servers });
  return applyEdits(text, [...edits]).replaceAll('\r\n', '\n');
}

interface Around {
  readonly isSecret: boolean;
  /** Offsets of servers. */
  readonly servers: ReadonlySet<number>;
}

function hiding(node: Node, { isSecret, servers }: Around): readonly Edit[] {
  const { type, children = [], offset, length } = node;
  if (type === 'property') {
    const [key, value] = children;
    if (value === undefined) return [];
    const isHidden = (isSecret || secretKeys.has(key?.value)) && !servers.has(value.offset);
    return hiding(value, { isSecret: isHidden, servers });
  }
  if (children.length > 0) return children.flatMap((child) => hiding(child, { isSecret, servers }));
  return isSecret && type !== 'object' && type !== 'array' ? [{ offset, length, content: '"…"' }] : [];
}
