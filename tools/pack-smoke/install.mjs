import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @typedef {import('../lib/packages.mjs').WorkspacePackage} WorkspacePackage */

const run = promisify(execFile);

/**
 * Packs one package as `npm publish` would.
 *
 * @param {WorkspacePackage} workspacePackage
 * @param {string} destination folder
 * @returns {Promise<string>} a dependency specification of the tarball
 */
export async function pack({ folder }, destination) {
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', destination], {
    cwd: folder,
  });
  return `file:${join(destination, JSON.parse(stdout)[0].filename)}`;
}

/**
 * Installs one package, and the peers it asks for, into a new empty folder. Packages of ours come from their
 * tarballs, all else from the registry.
 *
 * @param {WorkspacePackage} workspacePackage
 * @param {ReadonlyMap<string, string>} tarballs by package name
 * @param {string} parent folder
 * @returns {Promise<string>} the new folder
 */
export async function installAlone({ manifest }, tarballs, parent) {
  const folder = mkdtempSync(join(parent, 'app-'));
  const peers = Object.keys(manifest.peerDependencies ?? {});
  const dependencies = Object.fromEntries(
    [manifest.name, ...peers].map((name) => [name, tarballs.get(name) ?? '*']),
  );
  const overrides = Object.fromEntries([...tarballs].filter(([name]) => !Object.hasOwn(dependencies, name)));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies, overrides }, null, 2),
  );
  try {
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder });
  } catch (cause) {
    throw new Error(`npm install failed: ${outputOf(cause)}`, { cause });
  }
  return folder;
}

/** @param {unknown} error */
function outputOf(error) {
  const { stdout, stderr } = /** @type {{ stdout?: string; stderr?: string }} */ (error);
  return `${stdout ?? ''}${stderr ?? ''}`.trim().slice(-2000);
}
