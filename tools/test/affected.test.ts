import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../lib/packages.mjs';

const root = resolve(import.meta.dirname, '../..');

// A task runner started by a task inherits variables that name its parent's task.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')),
);

async function affectedBy(file: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'npx',
    ['nx', 'show', 'projects', '--affected', `--files=${file}`, '--json'],
    {
      cwd: root,
      env: { ...environment, NX_DAEMON: 'false' },
    },
  );
  return JSON.parse(stdout).toSorted();
}

const folders = ['packages', 'plugins', 'examples']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .concat('tools')
  .filter((folder) => existsSync(join(root, folder, 'package.json')));
const manifests = folders.map((folder) => readManifest(join(root, folder)));

/** A package and all that depend on it, through whatever chain. */
function dependentsOf(name: string): string[] {
  const found = new Set([name]);
  for (const seen of found)
    for (const { name: other, dependencies, devDependencies, peerDependencies } of manifests)
      if (Object.hasOwn({ ...dependencies, ...devDependencies, ...peerDependencies }, seen)) found.add(other);
  return [...found].toSorted();
}

describe.concurrent('nx affected', () => {
  it.each([
    ['plugins/deny-filter/src/index.ts', '@mcpplugins/plugin-deny-filter'],
    ['packages/mcp-transport/src/index.ts', '@mcpplugins/mcp-transport'],
    ['packages/framework-core/src/index.ts', '@mcpplugins/framework-core'],
    ['tools/check-lock.mjs', '@mcpplugins/tools'],
  ])('picks for %s its package and what depends on it, and nothing else', async (file, name) => {
    expect(await affectedBy(file)).toEqual(dependentsOf(name));
  });

  it('picks every project for tsconfig.base.json', async () => {
    expect(await affectedBy('tsconfig.base.json')).toEqual(manifests.map(({ name }) => name).toSorted());
  });

  it('picks every project that is linted for .oxlintrc.json', async () => {
    const linted = manifests.filter(({ scripts }) => scripts?.['lint'] !== undefined);
    expect(await affectedBy('.oxlintrc.json')).toEqual(linted.map(({ name }) => name).toSorted());
  });

  it.each(['README.md', 'SECURITY.md', 'docs/errors.md'])(
    'picks for %s the projects that test what pages say, and what depends on them',
    async (file) => {
      const expected = new Set(['@mcpplugins/tools', '@mcpplugins/cli'].flatMap(dependentsOf));
      expect(await affectedBy(file)).toEqual([...expected].toSorted());
    },
  );

  it('picks no project for LICENSE', async () => {
    expect(await affectedBy('LICENSE')).toEqual([]);
  });
});
