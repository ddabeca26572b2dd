import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {string[]} [files]
 * @property {string} [license]
 * @property {string} [type]
 * @property {Record<string, string>} [engines]
 * @property {Record<string, unknown>} [exports]
 * @property {{ directory?: string }} [repository]
 * @property {{ access?: string; provenance?: boolean }} [publishConfig]
 *
 * @typedef {{ folder: string; group: 'packages' | 'plugins'; manifest: Manifest }} WorkspacePackage
 */

/**
 * Every public package of the repository: the folders of `packages/` and `plugins/` that have a package.json, in the order of
 * their paths.
 *
 * @param {string} root the repository
 * @returns {WorkspacePackage[]}
 */
export function listPackages(root) {
  return /** @type {const} */ (['packages', 'plugins']).flatMap((group) =>
    readdirSync(join(root, group))
      .toSorted()
      .map((name) => join(root, group, name))
      .filter((folder) => existsSync(join(folder, 'package.json')))
      .map((folder) => ({ folder, group, manifest: readManifest(folder) })),
  );
}

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
