import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where what is installed and built for the interop runs is kept. */
export const cacheFolder = resolve(import.meta.dirname, '../../../node_modules/.cache/interop');

/**
 * A virtual environment with packages of PyPI, made when it is not there. What cannot be installed is an error: a peer that
 * is left out would look like one that works.
 *
 * @param {string} name
 * @param {readonly string[]} packages with their versions
 * @returns {string} path of its Python
 */
export function pythonEnvironment(name, packages) {
  const base = findPython();
  // One for each release of Python: who runs with another one must not clear it meanwhile.
  const folder = join(cacheFolder, `${name}-python${releaseOf(base)}`);
  const python = join(folder, 'bin/python');
  const stamp = join(folder, 'packages.txt');
  const wanted = packages.join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  mkdirSync(cacheFolder, { recursive: true });
  console.log(`making a virtual environment for ${name}: ${packages.join(', ')}`);
  execFileSync(base, ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
    stdio: 'inherit',
  });
  writeFileSync(stamp, wanted);
  return python;
}

/**
 * Versions of packages as they are installed.
 *
 * @param {string} python
 * @param {readonly string[]} packages
 * @returns {string}
 */
export function installedVersions(python, packages) {
  const script = `import importlib.metadata as m, sys; print(', '.join(f'{p} {m.version(p)}' for p in sys.argv[1:]))`;
  return execFileSync(python, ['-c', script, ...packages], { encoding: 'utf8' }).trim();
}

/** @param {string} python @returns {string} e.g. `3.13` */
function releaseOf(python) {
  const script = `import sys; print('%d.%d' % sys.version_info[:2])`;
  return execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim();
}

/**
 * The Python to make environments with: `PYTHON`, otherwise the newest that is there. cpex hosts cannot reconnect on Python 3.11
 * and older, to no server at all: `asyncio.wait_for` runs each call in a task of its own there.
 *
 * @returns {string}
 */
function findPython() {
  const { PYTHON } = process.env;
  const names = PYTHON === undefined ? ['python3.13', 'python3.12', 'python3'] : [PYTHON];
  for (const name of names) {
    try {
      execFileSync(name, ['-c', 'import sys; assert sys.version_info >= (3, 12)'], { stdio: 'ignore' });
      return name;
    } catch {
      // Not there, or too old.
    }
  }
  throw new Error(`none of ${names.join(', ')} is Python 3.12 or newer; name one in the variable PYTHON`);
}
