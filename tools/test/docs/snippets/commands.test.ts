import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPackages, readManifest } from '../../../lib/packages.mjs';
import { root } from '../../../docs/write-or-check.mjs';
import { elsewhere } from './elsewhere.js';
import { keyOf, snippets } from './pages.js';

const { scripts = {}, devDependencies = {} } = readManifest(root);
const packages = new Set([
  ...listPackages(root).map(({ manifest }) => manifest.name),
  ...Object.keys(devDependencies),
]);
const workspaces: Readonly<Record<string, string>> = { '@mcpplugins/tools': 'tools' };

/** What is wrong with a command; `mcpplugins` itself is checked by packages/cli/test/markdown-commands.test.ts. */
function problemOf(command: string): string | undefined {
  const [program, ...words] = command.split(/\s+/);
  if (program === 'mcpplugins' || (program === 'npx' && words[0] === 'mcpplugins')) return undefined;
  if (program !== 'npm') return 'is checked by nothing: check it, or say in elsewhere.ts what does';
  const [action = '', ...rest] = words;
  if (action === 'ci' || action === 'test') return undefined;
  if (action === 'install') {
    const unknown = rest.filter((word) => !word.startsWith('-') && !packages.has(word));
    return unknown.length === 0 ? undefined : `installs ${unknown.join(', ')}, which is no package of ours`;
  }
  if (action !== 'run') return `npm ${action} is not known here`;
  const [script = ''] = rest;
  const workspace = workspaces[rest[rest.indexOf('-w') + 1] ?? ''];
  const own = workspace === undefined ? scripts : (readManifest(join(root, workspace)).scripts ?? {});
  return script in own ? undefined : `there is no script ${script}`;
}

const commands = snippets
  .filter((snippet) => snippet.language === 'sh' && !(keyOf(snippet) in elsewhere))
  .flatMap((snippet) =>
    snippet.text
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
      .filter((line) => line !== '')
      .flatMap((line) => line.split(' && '))
      .map((command) => [snippet.page, command] as const),
  );

describe('commands in Markdown', () => {
  it.each(commands)('%s: %s', (_page, command) => {
    expect(problemOf(command)).toBeUndefined();
  });

  it.each([
    ['npm run gone', 'there is no script gone'],
    ['npm install @mcpplugins/gone', 'installs @mcpplugins/gone, which is no package of ours'],
    ['npm publish', 'npm publish is not known here'],
    ['curl example.com', 'is checked by nothing: check it, or say in elsewhere.ts what does'],
  ])('would be found: %s', (command, problem) => {
    expect(problemOf(command)).toBe(problem);
  });
});

describe('the blocks of Markdown', () => {
  const checked = ['ts', 'js', 'yaml', 'json', 'sh'];

  it('are in a language that a test checks, or in the list of those that are checked elsewhere', () => {
    const unchecked = snippets.filter(
      (snippet) =>
        !checked.includes(snippet.language) &&
        !(keyOf(snippet) in elsewhere) &&
        !(`${snippet.page}: *` in elsewhere),
    );
    expect(unchecked.map(keyOf)).toEqual([]);
  });

  it('are there, if the list says that they are checked elsewhere; so are the tests that it names', () => {
    const keys = new Set(snippets.flatMap((snippet) => [keyOf(snippet), `${snippet.page}: *`]));
    expect(Object.keys(elsewhere).filter((key) => !keys.has(key))).toEqual([]);
    for (const [, file = ''] of Object.values(elsewhere)
      .join('\n')
      .matchAll(/\b([\w/-]+\.test\.ts)\b/g))
      expect(readFileSync(join(root, file), 'utf8')).toContain('expect');
  });
});
