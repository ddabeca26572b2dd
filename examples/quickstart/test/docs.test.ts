import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './support/paths.js';
import { type Snippet, snippetsOf } from './support/snippets.js';

const run = promisify(execFile);
const docs = path.join(root, 'docs');

/** Words of a command line as a shell splits them; single quotes only. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Writes the files that a guide shows to a folder inside of the workspace, so that packages are found. */
async function writeFiles(snippets: readonly Snippet[]): Promise<string> {
  const folder = await mkdtemp(path.join(root, 'examples/quickstart/.docs-'));
  for (const { file, text } of snippets) if (file !== '') await writeFile(path.join(folder, file), text);
  return folder;
}

const guides = [
  ['guard-a-server.md', [/plugins\.yaml is valid/, /What runs around the tool echo/, /would_block/]],
  ['write-a-plugin.md', [/plugins\.yaml is valid/, /blocked by no-ssh/, /changes \/args\/path/]],
] as const;

describe.each(guides)(
  'the commands of docs/%s',
  (page, outputs) => {
    const snippets = snippetsOf(readFileSync(path.join(docs, page), 'utf8'));
    const lines = snippets
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trim().split('\n'));
    const commands = lines.filter((line) => /^npx mcpplugins (validate|plan|explain)/.test(line));
    let folder: string;

    beforeAll(async () => {
      folder = await writeFiles(snippets);
    });
    afterAll(async () => {
      await rm(folder, { recursive: true });
    });

    it.each(outputs.map((output, index) => [commands[index] ?? '(missing)', output] as const))(
      '%s',
      async (line, output) => {
        const [npx, mcpplugins, ...words] = wordsOf(line);
        expect([npx, mcpplugins]).toEqual(['npx', 'mcpplugins']);
        const bin = path.join(root, 'packages/cli/bin/mcpplugins.js');
        const { stdout } = await run(process.execPath, [bin, ...words], { cwd: folder });
        expect(stdout).toMatch(output);
      },
    );

    it('are all here', () => {
      expect(commands).toHaveLength(outputs.length);
    });
  },
  60_000,
);

describe('the test of docs/write-a-plugin.md', () => {
  it('passes', async () => {
    const folder = await writeFiles(snippetsOf(readFileSync(path.join(docs, 'write-a-plugin.md'), 'utf8')));
    const config = path.join(root, 'examples/quickstart/test/support/plain.config.mjs');
    const words = [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      folder,
      '--config',
      config,
    ];
    const { stdout } = await run(process.execPath, words);
    await rm(folder, { recursive: true });
    expect(stdout).toMatch(/Tests +.*1 passed/);
  }, 60_000);
});
