import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPages, parsePage, type Snippet } from '../../../docs/markdown.mjs';
import { root } from '../../../docs/write-or-check.mjs';

/** Every fenced block of the repository's Markdown, without release notes, which quote what was. */
export const snippets: readonly Snippet[] = listPages()
  .filter((page) => !/(^|\/)(\.changeset\/|CHANGELOG\.md$)/.test(page))
  .flatMap((page) => parsePage(page, readFileSync(join(root, page), 'utf8')).snippets);

/** What names a block in the lists of these tests: its page and its first line. */
export function keyOf({ page, text }: Snippet): string {
  return `${page}: ${text.trimStart().split('\n', 1)[0]?.trim() ?? ''}`;
}
