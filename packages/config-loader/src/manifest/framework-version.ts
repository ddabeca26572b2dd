import { createRequire } from 'node:module';
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
