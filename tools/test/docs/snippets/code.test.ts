import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snippet } from '../../../docs/markdown.mjs';
import { root } from '../../../docs/write-or-check.mjs';
import { elsewhere } from './elsewhere.js';
import { frames } from './frames.js';
import { keyOf, snippets } from './pages.js';

const own = snippets.filter((snippet) => !(keyOf(snippet) in elsewhere));
const isCode = ({ language }: Snippet) => language === 'ts' || language === 'js';

/** The file of an example that a block is part of. */
function sourceOf({ file }: Snippet): string | undefined {
  const source = join(root, 'examples', file);
  return file !== '' && existsSync(source) ? source : undefined;
}

/** Stricter than what most projects have, and nothing that a page should be long for. */
const usual = { noPropertyAccessFromIndexSignature: false };

const mistake = `import { block } from '@mcpplugins/framework-core';
block({ code: 'A', reason: 'b', kode: 'c' });
`;

const excerpts = own.filter((snippet) => sourceOf(snippet) !== undefined);
const programs = own.filter((snippet) => isCode(snippet) && sourceOf(snippet) === undefined);
/** Pages that tell what an example does, which runs in CI: they show nothing else. */
const isAboutExamples = ({ page }: Snippet) => page === 'docs/embed.md' || page.startsWith('examples/');

/** A text without what formatting decides: white space, and commas before a closing bracket. */
function withoutLayout(text: string): string {
  return text.replaceAll(/\s+/g, '').replaceAll(/,(?=[)\]}])/g, '');
}

describe('code in Markdown that names a file of an example', () => {
  it.each(excerpts.map((snippet) => [keyOf(snippet), snippet] as const))(
    'is part of it: %s',
    (_key, snippet) => {
      const source = readFileSync(sourceOf(snippet) ?? '', 'utf8');
      expect(withoutLayout(source)).toContain(withoutLayout(snippet.text));
    },
  );

  it('is all that pages about examples show', () => {
    const invented = programs.filter(isAboutExamples);
    expect(invented.map(keyOf)).toEqual([]);
    expect(excerpts.some(({ language }) => language === 'yaml')).toBe(true);
  });
});

describe('all other code in Markdown', () => {
  let folder: string;
  let errors: string;

  beforeAll(async () => {
    // Inside of the workspace, so that packages are found, and where no other tool looks.
    const results = join(root, 'tools/.results');
    await mkdir(results, { recursive: true });
    folder = await mkdtemp(join(results, 'snippets-'));
    await Promise.all(programs.map(writeProgram));
    await writeFile(join(folder, 'mistake.ts'), mistake);
    const config = {
      extends: '../../../tsconfig.base.json',
      compilerOptions: { noEmit: true, declaration: false, declarationMap: false, ...usual },
      include: ['**/*.ts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    errors = await compile();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  const placeOf = (index: number) => `${index}/test`;
  const nameOf = ({ file }: Snippet) => (file === '' ? 'snippet.ts' : file.replace(/\.js$/, '.ts'));

  /** A block may import another one of its page, and what a package has in `src`: here, a plugin. */
  async function writeProgram(snippet: Snippet, index: number): Promise<void> {
    const place = join(folder, placeOf(index));
    await mkdir(place, { recursive: true });
    await mkdir(join(place, '../src'));
    await writeFile(
      join(place, '../src/index.ts'),
      `export { default } from '@mcpplugins/plugin-pii-filter';\n`,
    );
    const { before = '', after = '' } = frames[keyOf(snippet)] ?? {};
    await writeFile(join(place, nameOf(snippet)), `${before}${snippet.text}${after}\nexport {};\n`);
    for (const other of programs)
      if (other.page === snippet.page && other.file !== '' && other.file !== snippet.file)
        await writeFile(join(place, nameOf(other)), other.text);
  }

  function compile(): Promise<string> {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    return new Promise((done) =>
      execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], (_error, stdout) => done(stdout)),
    );
  }

  it.each(programs.map((snippet, index) => [keyOf(snippet), index] as const))(
    'compiles against the packages, with their types: %s',
    (_key, index) => {
      const found = errors.split('\n').filter((line) => line.includes(`/${placeOf(index)}/`));
      expect(found).toEqual([]);
    },
  );

  // One syntax error keeps the compiler from looking at types at all: then this one is not found.
  it('is looked at with its types: a mistake made on purpose is found', () => {
    expect(errors).toMatch(/mistake\.ts\(2,\d+\): error TS2353: .*'kode' does not exist/);
  });
});

it('has no frame for code that is not there', () => {
  const keys = new Set(programs.map(keyOf));
  expect(Object.keys(frames).filter((key) => !keys.has(key))).toEqual([]);
});
