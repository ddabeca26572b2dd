import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from './support/paths.js';

const run = promisify(execFile);
const bin = path.join(root, 'packages/cli/bin/mcpplugins.js');

/** Commands that end by themselves and change nothing but the folder. */
const isRun = /^npx mcpplugins (explain|migrate|plan|validate) /;

/** Words of a command line as a shell splits them; single quotes only. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Times differ from run to run. */
function withoutTimes(text: string): string {
  return text.replaceAll(/[\d.]+ ms$/gm, '0.50 ms').replaceAll(/[ \t]+$/gm, '');
}

/**
 * A page as it would be if it were written today: its files are written or, where a command has made them, read; its commands are
 * run, and a block of text after them is what they print.
 */
async function replay(page: string, folder: string): Promise<string> {
  const parts = page.split(/^(```[^\n]*\n[\s\S]*?^```$)/m);
  let printed = '';
  for (const [index, part] of parts.entries()) {
    const [, language = '', file = '', text = ''] = /^```(\w+) ?([^\n]*)\n([\s\S]*)```$/.exec(part) ?? [];
    if (language === 'sh') printed = await runAll(text, folder);
    else if (language === 'text') parts[index] = `\`\`\`text\n${printed}\`\`\``;
    else if (file !== '')
      parts[index] = `\`\`\`${language} ${file}\n${await syncFile(folder, file, text)}\`\`\``;
  }
  return parts.join('');
}

async function runAll(text: string, folder: string): Promise<string> {
  const outputs: string[] = [];
  for (const line of text
    .trim()
    .split('\n')
    .filter((command) => isRun.test(command))) {
    const words = [bin, ...wordsOf(line).slice(2)];
    const { stdout } = await run(process.execPath, words, {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    });
    outputs.push(`${withoutTimes(stdout).trimEnd()}\n`);
  }
  return outputs.join('\n');
}

async function syncFile(folder: string, file: string, text: string): Promise<string> {
  const target = path.join(folder, file);
  if (existsSync(target)) return readFileSync(target, 'utf8');
  await writeFile(target, text);
  return text;
}

it.each(['concepts.md', 'migrate.md'])(
  'docs/%s shows what its commands print today (npx vitest run test/transcripts.test.ts -u writes it anew)',
  async (name) => {
    const page = path.join(root, 'docs', name);
    // Inside of the workspace, so that plugins are found as in a folder where they are installed.
    const folder = await mkdtemp(path.join(root, 'examples/quickstart/.transcript-'));
    try {
      await expect(await replay(readFileSync(page, 'utf8'), folder)).toMatchFileSnapshot(page);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  120_000,
);
