import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDeadLinks } from '../../docs/find-dead-links.mjs';
import { listFiles, listPages, parsePage } from '../../docs/markdown.mjs';
import { root } from '../../docs/write-or-check.mjs';

const pagesOf = (texts: Readonly<Record<string, string>>) =>
  new Map(Object.entries(texts).map(([name, text]) => [name, parsePage(name, text)]));

describe('the links of every Markdown file of the repository', () => {
  const names = listPages();
  const texts = Object.fromEntries(names.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
  const pages = pagesOf(texts);

  it('lead to files and headings that are there', () => {
    expect(findDeadLinks(pages, listFiles())).toEqual([]);
  });

  it('are found: pages, packages and examples are among them', () => {
    for (const name of [
      'README.md',
      'docs/README.md',
      'packages/cli/README.md',
      'examples/quickstart/README.md',
    ])
      expect(pages.get(name)?.links.length).toBeGreaterThan(0);
  });

  it('lead from the index of the documentation to each page of it', () => {
    const linked = pages.get('docs/README.md')?.links.map((link) => link.split('#')[0]);
    const all = names.flatMap((name) => /^docs\/((?!README)[\w-]+\.md)$/.exec(name)?.[1] ?? []);
    expect(all.filter((page) => linked?.includes(page) !== true)).toEqual([]);
  });
});

describe('findDeadLinks', () => {
  const files = ['README.md', 'docs/a.md', 'docs/README.md', 'src/x.ts'];
  const deadIn = (text: string) =>
    findDeadLinks(pagesOf({ 'docs/a.md': text, 'docs/README.md': '## Two words\n', 'README.md': '' }), files);

  it.each([
    '[a](../README.md) [b](.) [c](../src) [d](../src/x.ts) ![e](../src/x.ts)',
    '[a](README.md#two-words) [b](.#two-words) [c](../docs/#two-words)',
    '# `code` & more\n\n[a](#code--more)',
    '## Same\n\n## Same\n\n[a](#same-1)',
    '[a](https://example.com/x#y) <https://example.com>',
    '```md\n[a](gone.md)\n```\n\n`[a](gone.md)`',
  ])('accepts %j', (text) => {
    expect(deadIn(text)).toEqual([]);
  });

  it.each([
    ['[a](gone.md)', 'docs/a.md: gone.md (no such file)'],
    ['| a |\n| - |\n| [a][1] |\n\n[1]: gone.md', 'docs/a.md: gone.md (no such file)'],
    ['![a](gone.svg)', 'docs/a.md: gone.svg (no such file)'],
    ['[a](../../outside.md)', 'docs/a.md: ../../outside.md (no such file)'],
    ['[a](README.md#two_words)', 'docs/a.md: README.md#two_words (no such heading)'],
    ['[a](../src/x.ts#l1)', 'docs/a.md: ../src/x.ts#l1 (no such heading)'],
    ['[a](#gone)', 'docs/a.md: #gone (no such heading)'],
    ['[a](/docs/a.md)', 'docs/a.md: /docs/a.md (starts at the root of a site)'],
    ['[a](http://example.com)', 'docs/a.md: http://example.com (http: is not one of https:, mailto:)'],
    ['[a](https://)', 'docs/a.md: https:// (not a URL)'],
  ])('finds what is wrong with %j', (text, found) => {
    expect(deadIn(text)).toEqual([found]);
  });
});
