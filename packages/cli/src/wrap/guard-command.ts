import { packageFile } from '../package-file.js';
import type { GuardCommand } from './wrap-entry.js';

/** This node and this command by absolute path: a client that starts from the desktop has neither the PATH of a shell nor its folder. */
export const nodePath = process.execPath;
export const binPath = packageFile('bin/mcpplugins.js');

/**
 * What a wrapped entry starts in front of the server's own command.
 * @param config absolute path of the configuration
 */
export function guardCommand(config: string, server: string): GuardCommand {
  return { command: nodePath, args: [binPath, 'run', '-c', config, '--name', server, '--'] };
}

/** Whether this command lies in the cache of `npx`, from which npm may remove it. */
export function isInNpxCache(file: string): boolean {
  return /[\\/]_npx[\\/]/.test(file);
}
