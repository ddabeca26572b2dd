// Writes docs/errors.md from the error codes of every built package and plugin.
//   npm run docs:errors              write it
//   npm run docs:errors -- --check   fail when it is stale
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listPackages } from '../lib/packages.mjs';
import { errorsOf, renderErrors } from './render-errors.mjs';
import { root, writeOrCheck } from './write-or-check.mjs';

/** @param {import('../lib/packages.mjs').WorkspacePackage} workspacePackage */
async function readErrors({ folder, manifest }) {
  const isApart = manifest.exports?.['./error-codes'] !== undefined;
  const entry = join(folder, isApart ? 'dist/errors/error-codes.js' : 'dist/index.js');
  if (!existsSync(entry)) throw new Error(`${manifest.name} is not built; run \`npm run build\` first`);
  return errorsOf(manifest.name, await import(pathToFileURL(entry).href));
}

await writeOrCheck({ page: 'docs/errors.md', command: 'npm run docs:errors' }, async () => {
  const withCodes = listPackages(root).filter(({ folder }) =>
    existsSync(join(folder, 'src/errors/error-codes.ts')),
  );
  return renderErrors(await Promise.all(withCodes.map(readErrors)));
});
