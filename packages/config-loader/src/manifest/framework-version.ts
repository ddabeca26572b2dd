import { createRequire } from 'node:module';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import type { PluginManifest } from './manifest-schema.js';

/** Version of `@mcpplugins/framework-core` that this package works with. */
export function frameworkVersion(): string {
  const read: unknown = createRequire(import.meta.url)('@mcpplugins/framework-core/package.json');
  return (read as { readonly version: string }).version;
}

/** The framework versions that a manifest asks for, as one npm range; undefined when it asks for none. */
export function frameworkRange({
  compatibility,
  frameworkCompatibility,
}: PluginManifest): string | undefined {
  const { minFrameworkVersion, maxFrameworkVersion } = compatibility ?? {};
  const parts = [
    minFrameworkVersion === undefined ? '' : `>=${minFrameworkVersion}`,
    maxFrameworkVersion === undefined ? '' : `<=${maxFrameworkVersion}`,
    // The name of the framework stands before the range, and a comma joins its parts.
    (frameworkCompatibility ?? '').replace(/^[a-z][a-z-]*/i, '').replaceAll(',', ' '),
  ];
  const range = parts.join(' ').trim();
  return range === '' ? undefined : range;
}

/** Whether a version of the framework is in a range; undefined when the range means nothing. */
export function isInRange(version: string, range: string): boolean | undefined {
  if (validRange(range) === null) return undefined;
  return satisfies(version, range, { includePrerelease: true });
}
