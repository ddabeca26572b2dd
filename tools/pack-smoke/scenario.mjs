import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const run = promisify(execFile);
const scenarios = join(import.meta.dirname, 'scenarios');

/**
 * Runs what `scenarios/` has for a package: `<folder>.mjs`, or `plugin.mjs` for every plugin. A scenario prints one line of what it saw, and fails
 * by throwing.
 *
 * @param {import('../lib/packages.mjs').WorkspacePackage} workspacePackage
 * @param {string} [installedIn] a folder that the package is installed in; without it the build output of the repository runs
 * @returns {Promise<string>} the line
 */
export async function runScenario({ folder, group, manifest }, installedIn) {
  const file = join(scenarios, group === 'plugins' ? 'plugin.mjs' : `${basename(folder)}.mjs`);
  if (!existsSync(file))
    throw new Error(`write tools/pack-smoke/scenarios/${basename(file)}: what running this package means`);
  const script = installedIn === undefined ? file : join(installedIn, 'scenario.mjs');
  if (installedIn !== undefined) copyFileSync(file, script);
  const facts = { name: manifest.name, version: manifest.version, settings: defaultSettings(folder) };
  try {
    const { stdout } = await run(process.execPath, [script, JSON.stringify(facts)], {
      cwd: installedIn ?? folder,
      timeout: 60_000,
    });
    return stdout.trim();
  } catch (cause) {
    const { stderr, message } = /** @type {{ stderr?: string; message: string }} */ (cause);
    throw new Error(stderr?.trim() || message, { cause });
  }
}

/**
 * The settings that a plugin's manifest proposes.
 *
 * @param {string} folder
 */
function defaultSettings(folder) {
  const file = join(folder, 'plugin-manifest.yaml');
  return existsSync(file) ? (parse(readFileSync(file, 'utf8')).default_config ?? {}) : {};
}
