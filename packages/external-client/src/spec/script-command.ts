import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { describeError } from '@mcpplugins/framework-core';
import { externalError } from '../errors/peer-error.js';

/** Interpreters by extension. Files of another extension are started themselves. */
const interpreters: Readonly<Record<string, readonly [string, ...string[]]>> = {
  '.py': ['python3'],
  '.sh': ['sh'],
  '.js': [process.execPath],
  '.mjs': [process.execPath],
  '.cjs': [process.execPath],
};

/** Folders that matter for a script. */
export interface ScriptFolders {
  /** Where relative paths start. */
  readonly folder: string;
  /** What the script must be inside of, symbolic links followed. */
  readonly root: string;
}

/**
 * The command that starts a script, as one argument after its interpreter: no shell reads its name.
 * @throws FrameworkError `PEER_CONFIG_INVALID`, `PEER_SCRIPT_REFUSED`
 */
export function commandOfScript(
  plugin: string,
  script: string | undefined,
  { folder, root }: ScriptFolders,
): [string, ...string[]] {
  if (script === undefined) {
    throw externalError('PEER_CONFIG_INVALID', `plugin "${plugin}": mcp.script (or mcp.cmd) is missing`);
  }
  const refuse = (why: string): never => {
    throw externalError('PEER_SCRIPT_REFUSED', `plugin "${plugin}": mcp.script "${script}" ${why}`);
  };
  const file = realPathOf(path.resolve(folder, script), refuse);
  if (!isInside(file, realPathOf(root, refuse))) {
    return refuse('leads outside of the folder of the configuration; start it with mcp.cmd if that is meant');
  }
  const facts = statSync(file);
  if (!facts.isFile()) return refuse('is no file');
  if (process.platform !== 'win32' && (facts.mode & 0o002) !== 0) {
    return refuse('can be changed by every user of this machine (chmod o-w)');
  }
  const interpreter = interpreters[path.extname(file).toLowerCase()];
  if (interpreter !== undefined) return [...interpreter, file];
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return refuse('is neither executable nor one of .py, .sh, .js, .mjs, .cjs (chmod +x, or use mcp.cmd)');
  }
  return [file];
}

function realPathOf(file: string, refuse: (why: string) => never): string {
  try {
    return realpathSync(file);
  } catch (error) {
    return refuse(`cannot be found: ${describeError(error)}`);
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
