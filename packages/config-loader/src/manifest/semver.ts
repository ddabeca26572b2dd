import { createRequire } from 'node:module';
import type satisfies from 'semver/functions/satisfies.js';
import type valid from 'semver/functions/valid.js';
import type validRange from 'semver/ranges/valid.js';

const load = createRequire(import.meta.url);

// Loaded when a manifest is read: most starts need none of it, and its 25 files take longer than reading a configuration.

/** Whether a text is a version. */
export function isVersion(version: string): boolean {
  return (load('semver/functions/valid.js') as typeof valid)(version) !== null;
}

/** Whether a version is in a range, pre-releases included; undefined when the range means nothing. */
export function isInRange(version: string, range: string): boolean | undefined {
  if ((load('semver/ranges/valid.js') as typeof validRange)(range) === null) return undefined;
  return (load('semver/functions/satisfies.js') as typeof satisfies)(version, range, {
    includePrerelease: true,
  });
}
