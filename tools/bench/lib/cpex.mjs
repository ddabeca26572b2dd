import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const version = '0.1.4';
const environment = join(import.meta.dirname, '../peers/.venv');

/**
 * CPU time of cpex's own executor (Python) for a chain of plugins that do what those of the other targets do.
 *
 * @param {{ plugins: number; calls: number }} chain
 * @returns {number} nanoseconds a chain
 */
export function measureCpex({ plugins, calls }) {
  const python = cpexPython();
  const script = join(import.meta.dirname, 'cpex_chain.py');
  const printed = execFileSync(python, ['-B', script, String(plugins), String(calls)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const nanoseconds = Number(printed.trim());
  if (!Number.isFinite(nanoseconds)) throw new Error(`cpex printed ${JSON.stringify(printed.slice(0, 200))}`);
  return nanoseconds;
}

/** The Python of an environment that has cpex, which is made if need be. */
export function cpexPython() {
  const python = join(environment, 'bin/python');
  if (existsSync(join(environment, `cpex-${version}`))) return python;
  console.error(`installing cpex ${version} from PyPI into tools/bench/peers/.venv …`);
  try {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', `cpex==${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    execFileSync('touch', [join(environment, `cpex-${version}`)]);
    return python;
  } catch (cause) {
    throw new Error(
      'cpex could not be installed: it needs python3 with venv, and PyPI (see above). Leave out --with cpex.',
      {
        cause,
      },
    );
  }
}
