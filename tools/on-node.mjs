// Runs the build output and the unit tests of every package on another Node, installed once into .nodes/<major>.
//   node tools/on-node.mjs 22 [24 26]        after `npm run build`
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { listPackages } from './lib/packages.mjs';
import { sumReports } from './lib/test-reports.mjs';

const root = resolve(import.meta.dirname, '..');
const vitest = [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--config',
  join(root, 'vitest.config.ts'),
];

/**
 * The newest patch of a Node line, as npm packages it for this platform: no download outside of the registry.
 *
 * @param {string} major
 * @returns {string} the binary
 */
function installNode(major) {
  const folder = join(root, '.nodes', major);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  execFileSync(
    'npm',
    ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${major}`],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return binary;
}

/**
 * @param {string} node
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [variables]
 */
function run(node, args, cwd, variables) {
  // First on the PATH too: tests start `node` as a child.
  const env = { ...process.env, ...variables, PATH: `${dirname(node)}${delimiter}${process.env['PATH']}` };
  return spawnSync(node, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** @param {string} major */
function checkOn(major) {
  const node = installNode(major);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (!version.startsWith(`v${major}.`)) throw new Error(`${node} is ${version}, not Node ${major}`);
  const failures = [];
  if (!run(node, [join(root, 'tools/pack-smoke.mjs'), '--built'], root)) failures.push('build output');

  const reports = [];
  for (const { folder, manifest } of listPackages(root)) {
    if (!manifest.scripts?.['test']) continue;
    const report = `node-${major}`;
    const file = join(folder, '.results', `${report}.json`);
    rmSync(file, { force: true });
    console.log(`\n${version} ${manifest.name}`);
    if (!run(node, vitest, folder, { MCPPLUGINS_TEST_REPORT: report }))
      failures.push(`tests of ${basename(folder)}`);
    if (existsSync(file)) reports.push(JSON.parse(readFileSync(file, 'utf8')));
  }
  const { passed, failed } = sumReports(reports);
  console.log(
    `Node ${version}: ${passed} tests passed, ${failed} failed${failures.map((f) => `; ${f}: FAILED`).join('')}`,
  );
  return failures.length === 0;
}

const majors = process.argv.slice(2);
if (majors.length === 0 || majors.some((major) => !/^\d+$/.test(major))) {
  console.error('usage: node tools/on-node.mjs MAJOR…   for example 22 24 26');
  process.exit(2);
}
process.exitCode = majors.map(checkOn).every(Boolean) ? 0 : 1;
