import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.js';

/** Version of this package. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  return String((manifest as { readonly version: unknown }).version);
}
