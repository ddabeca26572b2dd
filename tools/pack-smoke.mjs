// Packs every public package, installs each alone in an empty folder, imports it and runs it: proves that one can install just the
// piece one needs, that no dependency is undeclared and that no file is missing from the tarball.
//   node tools/pack-smoke.mjs [NAME…]    after `npm run build`; NAME is a folder under packages/ or plugins/
//   node tools/pack-smoke.mjs --built    runs the same scenarios on the build output in place, without packing
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { inParallel } from './lib/in-parallel.mjs';
import { listPackages } from './lib/packages.mjs';
import { installAlone, pack } from './pack-smoke/install.mjs';
import { runScenario } from './pack-smoke/scenario.mjs';

const root = resolve(import.meta.dirname, '..');
const built = process.argv.includes('--built');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--built');
const packages = listPackages(root);
const chosen = packages.filter(({ folder }) => wanted.length === 0 || wanted.includes(basename(folder)));
if (chosen.length === 0) {
  console.error(
    `no package ${wanted.join(', ')}; there are ${packages.map(({ folder }) => basename(folder)).join(', ')}`,
  );
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'pack-smoke-'));
let failures = 0;

/**
 * @param {import('./lib/packages.mjs').WorkspacePackage} chosenPackage
 * @param {() => Promise<string>} check
 */
async function report({ manifest }, check) {
  try {
    console.log(`ok    ${manifest.name}@${manifest.version}: ${await check()}`);
  } catch (error) {
    failures += 1;
    console.error(`FAIL  ${manifest.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

try {
  if (built) {
    await inParallel(chosen, availableParallelism(), (one) => report(one, () => runScenario(one)));
  } else {
    const packed = await inParallel(packages, availableParallelism(), async (one) => ({
      name: one.manifest.name,
      tarball: await pack(one, work),
    }));
    const tarballs = new Map(packed.map(({ name, tarball }) => [name, tarball]));
    await inParallel(chosen, availableParallelism(), (one) =>
      report(one, async () => runScenario(one, await installAlone(one, tarballs, work))),
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(
  failures === 0
    ? `pack smoke: ${chosen.length} packages ${built ? 'run' : 'installed alone and run'} on Node ${process.version}`
    : `pack smoke: ${failures} of ${chosen.length} packages failed`,
);
process.exitCode = failures === 0 ? 0 : 1;
