// After `changeset version`: writes the version of each plugin's package.json into its plugin-manifest.yaml and into the
// `static version` of its class.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { listPackages } from './lib/packages.mjs';

const root = resolve(import.meta.dirname, '..');

/**
 * @param {string} file
 * @param {RegExp} pattern its first group is kept
 * @param {string} value
 */
function replaceIn(file, pattern, value) {
  const text = readFileSync(file, 'utf8');
  const synced = text.replace(pattern, (_, kept) => `${kept}${value}`);
  if (synced === text) return;
  writeFileSync(file, synced);
  console.log(`${relative(root, file)} is at ${value}`);
}

for (const { folder, group, manifest } of listPackages(root)) {
  if (group !== 'plugins') continue;
  replaceIn(join(folder, 'plugin-manifest.yaml'), /^(version: ).*$/m, manifest.version);
  for (const entry of readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      replaceIn(
        join(entry.parentPath, entry.name),
        /^( *static (?:override )?readonly version = ')[^']*/m,
        manifest.version,
      );
}
