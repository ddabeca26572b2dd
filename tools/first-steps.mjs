// What a new user types, in an empty folder with only Node, from packed tarballs: to the first refused call, and to a tested plugin
// of one's own. Both transcripts are pages of docs/.
//   node tools/first-steps.mjs            after `npm run build`; writes docs/first-guard.md and docs/first-plugin.md
//   node tools/first-steps.mjs --check    fails when they say something else, need more than six commands, or the first more than 30 s
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, writeOrCheck } from './docs/write-or-check.mjs';
import { firstGuard, firstPlugin } from './first-steps/journeys.mjs';
import { takeJourney } from './first-steps/take-journey.mjs';
import { startLocalRegistry } from './lib/local-registry.mjs';
import { listPackages } from './lib/packages.mjs';

/**
 * A cache of npm with the downloads of the machine's, without the commands that npx has kept: another build of the same version
 * is among them.
 *
 * @param {string} folder
 */
function cacheIn(folder) {
  const cache = join(folder, 'npm-cache');
  mkdirSync(cache);
  const downloads = join(
    execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim(),
    '_cacache',
  );
  if (existsSync(downloads)) symlinkSync(downloads, join(cache, '_cacache'));
  return cache;
}

const work = mkdtempSync(join(tmpdir(), 'first-steps-'));
const registry = await startLocalRegistry(listPackages(root), work);
const env = { ...registry.env, npm_config_cache: cacheIn(work) };
try {
  for (const journey of [firstGuard, firstPlugin])
    await writeOrCheck({ page: journey.page, command: 'node tools/first-steps.mjs' }, () =>
      takeJourney(journey, work, env),
    );
} finally {
  registry.close();
  rmSync(work, { recursive: true, force: true });
}
