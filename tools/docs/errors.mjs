// Writes docs/errors.md from the error codes of every built package and plugin.
//   npm run docs:errors              write it
//   npm run docs:errors -- --check   fail when it is stale
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listPackages } from '../lib/packages.mjs';
import { errorsOf, renderErrors } from './render-errors.mjs';

const root = resolve(import.meta.dirname, '../..');
const page = join(root, 'docs/errors.md');

/** @param {import('../lib/packages.mjs').WorkspacePackage} workspacePackage */
async function readErrors({ folder, manifest }) {
  const entry = join(folder, 'dist/index.js');
  if (!existsSync(entry)) throw new Error(`${manifest.name} is not built; run \`npm run build\` first`);
  return errorsOf(manifest.name, await import(pathToFileURL(entry).href));
}

async function writeOrCheck() {
  const withCodes = listPackages(root).filter(({ folder }) =>
    existsSync(join(folder, 'src/errors/error-codes.ts')),
  );
  const text = renderErrors(await Promise.all(withCodes.map(readErrors)));
  if (!process.argv.includes('--check')) {
    writeFileSync(page, text);
    console.log(`docs/errors.md: ${withCodes.length} packages`);
  } else if (existsSync(page) && readFileSync(page, 'utf8') === text) {
    console.log('docs/errors.md is up to date');
  } else {
    throw new Error('docs/errors.md is stale: run `npm run docs:errors` and commit it');
  }
}

await writeOrCheck().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
