import path from 'node:path';
import { ConfigError } from '../errors/config-error.js';
import { DiagnosticList } from '../errors/diagnostic.js';
import { defaultConfigLimits } from '../yaml/limits.js';
import { checkDocument } from './check-document.js';
import type { LoadedConfig } from './loaded-config.js';
import type { LoadConfigOptions } from './options.js';
import { layerFiles, readLayers } from './read-layers.js';

/**
 * Reads, checks and resolves a configuration file with its overlays. Plugin modules are imported, except those of
 * `mode: disabled`.
 *
 * @example
 * const { plugins, settings } = await loadConfig('mcpplugins.yaml');
 * const manager = await PluginManager.start({ plugins, settings, compilePattern });
 *
 * @throws ConfigError `CONFIG_FILE_INVALID`, with every mistake of the file in its `diagnostics`
 */
export async function loadConfig(file: string, options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const found = new DiagnosticList();
  const absolute = path.resolve(file);
  const sources = {
    env: options.env ?? process.env,
    directory: path.dirname(absolute),
    filesRead: new Set<string>(),
  };
  const files = layerFiles(file, options.environment, options.overlays ?? [], found);
  const layers = readLayers(files, sources, { ...defaultConfigLimits, ...options.limits }, found);
  const config = layers && (await checkDocument(absolute, layers, sources, options, found));
  if (config === undefined || found.hasErrors) throw new ConfigError(found.sorted('error'));
  return Object.freeze({ ...config, notices: found.sorted('warning', 'notice') });
}
