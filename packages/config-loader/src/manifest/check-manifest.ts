import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PluginEntry, report } from '../load/plugin-entry.js';
import { describeNode, type ScalarNode } from '../yaml/tree.js';
import { frameworkRange, frameworkVersion } from './framework-version.js';
import { isInRange } from './semver.js';
import { manifestFileName, type ManifestReading, readManifest } from './read-manifest.js';

/** Manifests by file, so that a package with many plugins is read once. */
export type ManifestCache = Map<string, ManifestReading>;

/** Reports what the manifest of a plugin demands and cannot be had. A plugin without manifest demands nothing. */
export function checkManifest(
  entry: PluginEntry,
  kind: ScalarNode,
  moduleUrl: string,
  cache: ManifestCache,
): void {
  const file = findManifest(path.dirname(fileURLToPath(moduleUrl)));
  if (file === undefined) return;
  const reading = cache.get(file) ?? readManifest(file);
  cache.set(file, reading);
  const who = describeNode(kind);
  const complain = (
    finding: Omit<Parameters<typeof report>[3], 'severity'>,
    severity: 'error' | 'warning' = 'error',
  ) => report(entry, kind, ['kind'], { ...finding, severity });

  const { manifest } = reading;
  if (manifest === undefined) {
    const [first] = reading.problems;
    const place = first === undefined ? '' : ` (${manifestFileName}:${first.line}: ${first.message})`;
    complain(
      { code: 'MANIFEST_INVALID', message: `the manifest of ${who} cannot be used${place}` },
      'warning',
    );
    return;
  }
  for (const key of ['capabilities', 'signing'] as const) {
    const value = manifest[key];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    complain({
      code: 'NOT_YET_SUPPORTED',
      message: `the manifest of ${who} has \`${key}\`, which this version does not enforce`,
      suggestion:
        'Use a version of the plugin without it: nothing must claim a protection that is not there.',
    });
  }
  const range = frameworkRange(manifest);
  const version = frameworkVersion();
  const isFit = range === undefined ? true : isInRange(version, range);
  if (isFit === undefined) {
    complain(
      {
        code: 'MANIFEST_INVALID',
        message: `the manifest of ${who} has no valid range of versions: ${range}`,
      },
      'warning',
    );
  } else if (!isFit) {
    complain({
      code: 'FRAMEWORK_INCOMPATIBLE',
      message: `${who} (${manifest.version}) is made for framework versions ${range}; this is ${version}`,
      suggestion: 'Install a version of the plugin that fits, or update the framework.',
    });
  }
}

/** The manifest beside a module or above it, within its package. */
function findManifest(directory: string): string | undefined {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    const file = path.join(folder, manifestFileName);
    if (existsSync(file)) return file;
    if (existsSync(path.join(folder, 'package.json')) || folder === path.dirname(folder)) return undefined;
  }
}
