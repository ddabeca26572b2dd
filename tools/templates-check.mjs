// The promise of `mcpplugins bootstrap`, kept for real: what each template makes installs from packed tarballs, lints, passes its
// own tests and fixtures, serves over stdio and HTTP, and passes `mcpplugins verify`.
//   node tools/templates-check.mjs [TEMPLATE…]    after `npm run build`; needs python3, go and cargo for theirs
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inParallel } from './lib/in-parallel.mjs';
import { startLocalRegistry } from './lib/local-registry.mjs';
import { listPackages } from './lib/packages.mjs';
import { runCommand } from './lib/run-command.mjs';
import { freePort } from './lib/free-port.mjs';

const root = resolve(import.meta.dirname, '..');
const name = 'my-guard';

/**
 * What is typed in a new project, and what serves it over HTTP. `kept` are folders that a compiler may take over from the run
 * before: it decides itself what of them is still right.
 *
 * @type {Record<string, { setUp: string[][]; check: string[][]; stdio: string[]; http: string[]; kept?: string }>}
 */
const templates = {
  native: {
    setUp: [['npm', 'install', '--no-audit', '--no-fund', '--silent', '--prefer-offline']],
    check: [
      ['npm', 'run', '--silent', 'lint'],
      ['npm', 'test', '--silent'],
    ],
    stdio: ['npx', 'mcpplugins', 'serve', '--transport', 'stdio'],
    http: ['npx', 'mcpplugins', 'serve', '--transport', 'http', '--port', '{port}'],
  },
  typescript: {
    setUp: [['npm', 'install', '--no-audit', '--no-fund', '--silent', '--prefer-offline']],
    check: [
      ['npm', 'run', '--silent', 'lint'],
      ['npm', 'test', '--silent'],
    ],
    stdio: ['npx', 'mcpplugins', 'serve', '-c', 'plugin-server.yaml', '--transport', 'stdio'],
    http: ['npm', 'start', '--silent', '--', '--port', '{port}'],
  },
  python: {
    ...made(['.venv/bin/python', 'my_guard.py']),
    http: ['.venv/bin/python', 'my_guard.py', '--http'],
  },
  go: { ...made(['bin/my-guard']), http: ['bin/my-guard', '--http'] },
  rust: { ...made(['target/debug/my-guard']), http: ['target/debug/my-guard', '--http'], kept: 'target' },
};

/** @param {string[]} stdio */
function made(stdio) {
  return {
    setUp: [['make', '--silent', 'install-dev']],
    check: [
      ['make', '--silent', 'lint'],
      ['make', '--silent', 'test'],
      [process.execPath, join(root, 'packages/cli/bin/mcpplugins.js'), 'test'],
    ],
    stdio,
  };
}

const wanted = process.argv.slice(2);
const chosen = Object.entries(templates).filter(
  ([template]) => wanted.length === 0 || wanted.includes(template),
);
if (chosen.length === 0) {
  console.error(`no template ${wanted.join(', ')}; there are ${Object.keys(templates).join(', ')}`);
  process.exit(2);
}

const cache = join(root, '.nx/templates');
const work = mkdtempSync(join(tmpdir(), 'templates-check-'));
const registry = await startLocalRegistry(listPackages(root), work);
/** @type {NodeJS.ProcessEnv} */
const env = { ...process.env, ...registry.env, FORCE_COLOR: '0' };
let failures = 0;

/**
 * @param {string} template
 * @param {(typeof templates)[string]} steps
 */
async function check(template, { setUp, check: checks, stdio, http, kept }) {
  const folder = join(work, template);
  const cli = [process.execPath, join(root, 'packages/cli/bin/mcpplugins.js')];
  const options = { cwd: folder, env };
  await runCommand([...cli, 'bootstrap', '-d', folder, '--name', name, '-t', template, '--defaults'], {
    cwd: work,
    env,
  });
  if (kept !== undefined) {
    mkdirSync(join(cache, template), { recursive: true });
    symlinkSync(join(cache, template), join(folder, kept));
  }
  for (const command of [...setUp, ...checks]) await runCommand(command, options);
  await runCommand([...cli, 'verify', '--', ...stdio], options);
  const port = String(await freePort());
  const server = spawn(
    http[0] ?? '',
    http.slice(1).map((word) => word.replace('{port}', port)),
    {
      cwd: folder,
      env: { ...env, PORT: port },
      stdio: 'ignore',
      detached: true,
    },
  );
  try {
    await answers(port);
    await runCommand([...cli, 'verify', `http://127.0.0.1:${port}/mcp`], options);
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
  }
}

/** Waits until somebody listens. @param {string} port */
async function answers(port) {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      await fetch(`http://127.0.0.1:${port}/mcp`);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(`nothing listens on port ${port} after 30 s`);
}

try {
  // What compiles begins first, what mostly waits for downloads runs beside it.
  await inParallel(chosen.toReversed(), 2, async ([template, steps]) => {
    const start = performance.now();
    try {
      await check(template, steps);
      console.log(`ok    ${template}: installs, lints, tests, serves, verified (${seconds(start)})`);
    } catch (error) {
      failures++;
      console.error(
        `FAIL  ${template} (${seconds(start)}): ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
} finally {
  registry.close();
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;

/** @param {number} start */
function seconds(start) {
  return `${Math.round((performance.now() - start) / 1000)} s`;
}
