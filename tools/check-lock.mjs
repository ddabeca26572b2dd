// Offline check of package-lock.json: every platform binary (optionalDependencies) that a locked package names must be
// locked too, or `npm ci` fails on every machine ("Missing: @nx/nx-darwin-arm64@ from lock file").
//   node tools/check-lock.mjs [FILE]
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ version?: string; optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/**
 * The optional dependencies that a lockfile names and does not hold.
 *
 * @param {Lock} lock
 * @returns {string[]} one sentence each
 */
export function missingOptionalDependencies(lock) {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !resolves(lock, path, name))
      .map((name) => `${path || 'the root'}@${entry.version ?? '?'}: ${name} is not in the lockfile`),
  );
}

/**
 * Looks for `name` in the node_modules folders that code in `path` can see, as Node does.
 *
 * @param {Lock} lock
 * @param {string} path
 * @param {string} name
 */
function resolves(lock, path, name) {
  let at = path;
  for (;;) {
    if (lock.packages[`${at && `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '';
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const missing = missingOptionalDependencies(
    JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8')),
  );
  for (const line of missing) console.error(line);
  console.log(
    missing.length === 0
      ? 'lockfile: every platform binary is listed'
      : `lockfile: ${missing.length} optional dependencies missing; pin the newest version whose platform packages all exist`,
  );
  process.exitCode = missing.length === 0 ? 0 : 1;
}
