import path from 'node:path';
import { loadConfig, type LoadConfigOptions, type LoadedConfig } from '@mcpplugins/config-loader';
import type { Terminal } from '../terminal.js';
import type { LayerOptions } from './layers.js';

/**
 * Loads a configuration that is named on the command line. Findings name the file as it was typed.
 * @throws ConfigError
 */
export async function loadGuard(
  file: string,
  terminal: Terminal,
  layers: LayerOptions = {},
): Promise<LoadedConfig> {
  return loadConfig(shownPath(file, terminal), guardLoadOptions(terminal, layers));
}

/** With what configurations are loaded that are named on the command line. */
export function guardLoadOptions(
  terminal: Terminal,
  { environment, overlay = [] }: LayerOptions,
): LoadConfigOptions {
  return {
    env: terminal.env,
    environment,
    overlays: overlay.map((file) => shownPath(file, terminal)),
  };
}

/** A path that is relative to the folder of the process can be kept short; tests have another folder. */
function shownPath(file: string, { cwd }: Terminal): string {
  return cwd === process.cwd() ? file : path.resolve(cwd, file);
}
