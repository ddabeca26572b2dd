// The promise of `nx g @mcpplugins/tools:plugin`, kept for real: in a copy of the repository, the generated plugin passes lint,
// types, tests, build, pack checks, format, knip and the pack smoke test without a change.
//   node tools/generator-check.mjs
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const name = 'demo-guard';
const copy = mkdtempSync(join(tmpdir(), 'generator-check-'));

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, ...args) {
  console.log(`\n$ ${[command, ...args].join(' ')}`);
  execFileSync(command, args, {
    cwd: copy,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false' },
  });
}

try {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  // A copy of what is installed and built already, so that the check measures the new plugin and not the network.
  for (const folder of ['node_modules', '.nx'])
    if (existsSync(join(root, folder)))
      cpSync(join(root, folder), join(copy, folder), { recursive: true, verbatimSymlinks: true });
  run('git', 'init', '--quiet');

  run('npx', 'nx', 'g', '@mcpplugins/tools:plugin', name);
  run('npm', 'install', '--prefer-offline');
  run('npx', 'nx', 'run-many', '-t', 'lint', 'typecheck', 'test', 'build', 'pack-check');
  run('npx', 'prettier', '--check', `plugins/${name}`, '.changeset', 'README.md');
  run('npx', 'knip', '--no-progress', '--no-config-hints');
  run('node', 'tools/pack-smoke.mjs', name);
  console.log('\nthe generated plugin passes everything unchanged');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
