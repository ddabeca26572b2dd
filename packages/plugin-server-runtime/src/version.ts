import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Version of this package, as hosts are told it. */
export const serverVersion = String((manifest as { readonly version: unknown }).version);
