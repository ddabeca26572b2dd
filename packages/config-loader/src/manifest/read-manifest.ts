import { ConfigError } from '../errors/config-error.js';
import { type Diagnostic, DiagnosticList } from '../errors/diagnostic.js';
import { parseTreeWith } from '../load/parse-tree.js';
import { checkValue } from '../schema/check-value.js';
import { decode } from '../schema/decode.js';
import { readTextFile } from '../source/read-text-file.js';
import { SourceText } from '../source/source-text.js';
import { defaultConfigLimits } from '../yaml/limits.js';
import { type PluginManifest, pluginManifestSchema } from './manifest-schema.js';

/** Name of the file that describes a plugin, beside its `package.json` or code. */
export const manifestFileName = 'plugin-manifest.yaml';

/** A manifest, or what is wrong with it. */
export type ManifestReading =
  | { readonly manifest: PluginManifest }
  | { readonly manifest?: undefined; readonly problems: readonly Diagnostic[] };

/** Reads a manifest without throwing. Variables have no meaning in it. */
export function readManifest(file: string): ManifestReading {
  const found = new DiagnosticList();
  const read = readTextFile(file, defaultConfigLimits.maxFileBytes);
  if ('code' in read) {
    found.addForFile(file, { code: read.code, message: `the plugin manifest ${read.message}` });
    return { problems: found.sorted('error') };
  }
  const source = new SourceText(file, read.text);
  const tree = parseTreeWith(source, (value) => ({ value }), defaultConfigLimits, found);
  const context = tree && { root: tree, schema: pluginManifestSchema };
  const checked = context && checkValue(decode(tree, pluginManifestSchema, found), context, found);
  if (checked === undefined || found.hasErrors) return { problems: found.sorted('error') };
  return { manifest: checked.output as PluginManifest };
}

/**
 * Reads a `plugin-manifest.yaml`.
 * @throws ConfigError `CONFIG_FILE_INVALID`, with every mistake in its `diagnostics`
 */
export function loadManifest(file: string): PluginManifest {
  const reading = readManifest(file);
  if (reading.manifest === undefined) throw new ConfigError(reading.problems);
  return reading.manifest;
}
