// Prints `N passed, N failed`: the sum of the reports (.results/vitest.json) that the last test run of each project left.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sumReports } from './lib/test-reports.mjs';

const root = resolve(import.meta.dirname, '..');
const projects = ['packages', 'plugins', 'examples']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
  .concat(join(root, 'tools'));
const files = projects
  .map((folder) => join(folder, '.results/vitest.json'))
  .filter((file) => existsSync(file));
const { passed, failed, skipped } = sumReports(files.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
