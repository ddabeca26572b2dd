// Runs the build output and the unit tests of every package on another Node, installed once into .nodes/<major>.
//   node tools/on-node.mjs 22 [24 26]        after `npm run build`
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { inParallel } from './lib/in-parallel.mjs';
import { listPackages } from './lib/packages.mjs';
import { sumReports } from './lib/test-reports.mjs';

/** @typedef {import('./lib/packages.mjs').WorkspacePackage} WorkspacePackage */

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
 * Runs one program on a Node and prints its output in one piece when it has ended.
 *
 * @param {string} node
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [variables]
 * @returns {Promise<boolean>} whether it ended with 0
 */
async function run(node, args, cwd, variables) {
  // First on the PATH too: tests start `node` as a child.
  const env = { ...process.env, ...variables, PATH: `${dirname(node)}${delimiter}${process.env['PATH']}` };
  const child = spawn(node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  process.stdout.write(Buffer.concat(chunks));
  return code === 0;
}

/**
 * @param {string} node
 * @param {string} version
 * @param {WorkspacePackage} workspacePackage
 */
async function testOn(node, version, { folder, manifest }) {
  const report = `node-${version}`;
  const file = join(folder, '.results', `${report}.json`);
  rmSync(file, { force: true });
  const passed = await run(node, vitest, folder, { MCPPLUGINS_TEST_REPORT: report });
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${version} ${manifest.name}\n`);
  return {
    passed,
    name: manifest.name,
    reports: existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8'))] : [],
  };
}

/** @param {string} major */
async function checkOn(major) {
  const node = installNode(major);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (!version.startsWith(`v${major}.`)) throw new Error(`${node} is ${version}, not Node ${major}`);
  const built = await run(node, [join(root, 'tools/pack-smoke.mjs'), '--built'], root);
  const tested = listPackages(root).filter(({ manifest }) => manifest.scripts?.['test']);
  const results = await inParallel(tested, availableParallelism(), (one) => testOn(node, version, one));

  const failures = [
    ...(built ? [] : ['build output']),
    ...results.filter((one) => !one.passed).map((one) => one.name),
  ];
  const { passed, failed } = sumReports(results.flatMap(({ reports }) => reports));
  console.log(`Node ${version}: ${passed} tests passed, ${failed} failed`);
  if (failures.length > 0) console.log(`FAILED on ${version}: ${failures.join(', ')}`);
  return failures.length === 0;
}

const majors = process.argv.slice(2);
if (majors.length === 0 || majors.some((major) => !/^\d+$/.test(major))) {
  console.error('usage: node tools/on-node.mjs MAJOR…   for example 22 24 26');
  process.exit(2);
}
for (const major of majors) if (!(await checkOn(major))) process.exitCode = 1;
