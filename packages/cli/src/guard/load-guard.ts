import path from 'node:path';
import { loadConfig, type LoadConfigOptions, type LoadedConfig } from '@mcpplugins/config-loader';
import type { Logger } from '@mcpplugins/framework-core';
import type { Terminal } from '../terminal.js';
import { externalKinds } from './external-kinds.js';
import type { LayerOptions } from './layers.js';

/**
 * Loads a configuration that is named on the command line. Findings name the file as it was typed.
 * @throws ConfigError
 */
export async function loadGuard(
  file: string,
  terminal: Terminal,
  layers: LayerOptions = {},
  options: LoadConfigOptions = guardLoadOptions(terminal, layers),
): Promise<LoadedConfig> {
  return loadConfig(shownPath(file, terminal), options);
}

/**
 * With what configurations are loaded that are named on the command line. Whoever loads one again (`run` when it changes) does
 * it with the same options, so that connections to plugin servers stay.
 */
export function guardLoadOptions(
  terminal: Terminal,
  { environment, overlay = [] }: LayerOptions,
  logger?: Logger,
): LoadConfigOptions {
  return {
    kinds: externalKinds(logger),
    env: terminal.env,
    environment,
    overlays: overlay.map((file) => shownPath(file, terminal)),
  };
}

/** A path that is relative to the folder of the process can be kept short; tests have another folder. */
function shownPath(file: string, { cwd }: Terminal): string {
  return cwd === process.cwd() ? file : path.resolve(cwd, file);
}
