import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Version of this package, as clients are told it. */
export const version = String((manifest as { readonly version: unknown }).version);
