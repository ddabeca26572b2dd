// After `changeset version`: writes the version of each plugin's package.json into its plugin-manifest.yaml.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { listPackages } from './lib/packages.mjs';

for (const { folder, manifest } of listPackages(resolve(import.meta.dirname, '..'))) {
  const file = join(folder, 'plugin-manifest.yaml');
  if (!existsSync(file)) continue;
  const text = readFileSync(file, 'utf8');
  const synced = text.replace(/^version:.*$/m, `version: ${manifest.version}`);
  if (synced === text) continue;
  writeFileSync(file, synced);
  console.log(`${manifest.name}: plugin-manifest.yaml is at ${manifest.version}`);
}
