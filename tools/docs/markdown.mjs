import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { marked } from 'marked';
import { root } from './write-or-check.mjs';

/**
 * A fenced block of code.
 *
 * @typedef {object} Snippet
 * @property {string} page
 * @property {string} language what stands after the fence
 * @property {string} file what stands after the language: the file that the block shows or is part of; empty for none
 * @property {string} text
 */

/**
 * @typedef {object} MarkdownPage
 * @property {readonly string[]} links where links and images lead
 * @property {ReadonlySet<string>} anchors of headings, as GitHub names them
 * @property {readonly string[]} codes texts in backticks
 * @property {readonly Snippet[]} snippets
 */

/**
 * Every file of the repository, also those that Git does not know yet, such as a plugin that was just generated.
 *
 * @param {string} [pattern] such as `*.md`
 * @returns {string[]}
 */
export function listFiles(pattern = '*') {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', pattern];
  const files = execFileSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return files.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** Pages of projects that a command generates: its own tests take them as they are generated. */
const templates = /^packages\/cli\/templates\/|\/generators\/[^/]+\/files\//;

/** Every Markdown file of the repository, without templates. */
export function listPages() {
  return listFiles('*.md').filter((page) => !templates.test(page));
}

/**
 * What tests need of a Markdown file.
 *
 * @param {string} page its name
 * @param {string} text
 * @returns {MarkdownPage}
 */
export function parsePage(page, text) {
  /** @type {string[]} */ const links = [];
  /** @type {string[]} */ const codes = [];
  /** @type {Snippet[]} */ const snippets = [];
  /** @type {Set<string>} */ const anchors = new Set();
  const slugger = new GithubSlugger();
  void marked.walkTokens(marked.lexer(text), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push(token.href);
    else if (token.type === 'heading') anchors.add(slugger.slug(plainText(token.tokens ?? [])));
    else if (token.type === 'codespan') codes.push(token.text);
    else if (token.type === 'code') {
      const [, language = '', file = ''] = /^(\S*)\s*(.*)$/.exec(token.lang ?? '') ?? [];
      snippets.push({ page, language, file, text: `${token.text}\n` });
    }
  });
  return { links, anchors, codes, snippets };
}

/**
 * @param {readonly import('marked').Token[]} tokens
 * @returns {string}
 */
function plainText(tokens) {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : '',
    )
    .join('');
}
