import path from 'node:path';
import { loadConfig, type LoadedConfig } from '@mcpplugins/config-loader';
import type { Terminal } from '../terminal.js';

/**
 * Loads a configuration that is named on the command line. Findings name the file as it was typed.
 * @throws ConfigError
 */
export async function loadGuard(file: string, terminal: Terminal): Promise<LoadedConfig> {
  // A path that is relative to the folder of the process can be kept short; tests have another folder.
  const shown = terminal.cwd === process.cwd() ? file : path.resolve(terminal.cwd, file);
  return loadConfig(shown, { env: terminal.env });
}
