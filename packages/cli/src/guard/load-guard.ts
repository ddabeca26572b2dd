import path from 'node:path';
import { loadConfig, type LoadedConfig } from '@mcpplugins/config-loader';
import type { Terminal } from '../terminal.js';
import type { LayerOptions } from './layers.js';

/**
 * Loads a configuration that is named on the command line. Findings name the file as it was typed.
 * @throws ConfigError
 */
export async function loadGuard(
  file: string,
  terminal: Terminal,
  { environment, overlay = [] }: LayerOptions = {},
): Promise<LoadedConfig> {
  // A path that is relative to the folder of the process can be kept short; tests have another folder.
  const shown = (typed: string) =>
    terminal.cwd === process.cwd() ? typed : path.resolve(terminal.cwd, typed);
  return loadConfig(shown(file), { env: terminal.env, environment, overlays: overlay.map(shown) });
}
