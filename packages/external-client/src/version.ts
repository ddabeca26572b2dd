import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Version of this package, as servers are told it. */
export const clientVersion = String((manifest as { readonly version: unknown }).version);
