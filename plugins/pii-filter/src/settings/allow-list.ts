import { compileSafePattern, type SafePattern } from '@mcpplugins/plugin-kit';
import { canonicalValue } from '../mask/canonical-value.js';
import type { PiiFilterSettings } from './settings.js';

/** What a pattern has that a plain value has not; a dot alone makes no pattern. */
const metaCharacter = /[\\^$*+?()[\]{}|]/;

/**
 * Whether a value is one that the settings let through. Entries are about whole values: `test@example.com` excuses
 * neither `latest@example.com` nor `test@exampleXcom`.
 * @returns undefined when the settings let none through
 */
export function allowListOf(
  settings: PiiFilterSettings,
): ((type: string, value: string) => boolean) | undefined {
  const literals = [...settings.whitelist];
  const patterns: SafePattern[] = [];
  for (const source of settings.whitelist_patterns) {
    if (metaCharacter.test(source)) patterns.push(compileSafePattern(source, { ignoreCase: true }));
    else literals.push(source);
  }
  if (literals.length === 0 && patterns.length === 0) return undefined;
  const canonical = new Set(
    literals.flatMap((value) => [canonicalValue('email', value), canonicalValue('other', value)]),
  );
  return (type, value) =>
    canonical.has(canonicalValue(type, value)) || patterns.some((pattern) => pattern.matchesAll(value));
}
