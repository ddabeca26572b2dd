import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readManifest } from '../lib/packages.mjs';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
const firstCells = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|')[1]?.replaceAll('`', '').trim() ?? '');
const documented = new Set(firstCells.flatMap((cell) => cell.replace(/ \(.*\)$/, '').split(', ')));

const projects = ['packages', 'plugins', 'examples']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name)))
  .concat('.', 'tools');

it.each(projects)('docs/dependencies.md has a line for each npm dependency of %s', (project) => {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = readManifest(
    join(root, project),
  );
  const names = Object.keys({
    ...dependencies,
    ...devDependencies,
    ...peerDependencies,
    ...optionalDependencies,
  });
  const missing = names.filter((name) => !name.startsWith('@mcpplugins/') && !documented.has(name));
  expect(missing).toEqual([]);
});
