import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFromHere } from './peers/load.mjs';

const folder = join(import.meta.dirname, 'peers');

/**
 * Loads a peer, after installing all of them from tools/bench/peers/package-lock.json when they are not there yet.
 *
 * @param {string} name
 * @returns {Promise<any>} its module
 */
export async function loadPeer(name) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!Object.hasOwn(dependencies, name))
    throw new Error(
      `${name} is not a peer; tools/bench/peers/package.json has ${Object.keys(dependencies).join(', ')}`,
    );
  if (!existsSync(join(folder, 'node_modules', name))) install();
  return importFromHere(name);
}

function install() {
  console.error('installing the peers of tools/bench/peers (npm ci) …');
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (cause) {
    throw new Error(
      'the peers could not be installed: `npm ci` failed in tools/bench/peers (see above). ' +
        'Run it there by hand with a network, or leave out --with.',
      { cause },
    );
  }
}
