// How long commands take to start, against a Node that does nothing, in one run: medians of wall time.
//   node tools/bench/start.mjs [ROUNDS]        after `npm run build`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'packages/cli/bin/mcpplugins.js');
const rounds = Number(process.argv[2] ?? 21);
const folder = mkdtempSync(join(tmpdir(), 'mcpplugins-start-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(
  join(folder, 'guard.js'),
  "import { definePlugin } from '@mcpplugins/framework-core';\nexport default definePlugin({ name: 'guard', hooks: () => ({ tool_pre_invoke: () => undefined }) });\n",
);
writeFileSync(join(folder, 'small.yaml'), 'plugins:\n  - name: guard\n    kind: ./guard.js\n');

/** @type {Record<string, string[]>} */
const commands = {
  'node -e 0': ['-e', '0'],
  'mcpplugins --version': [bin, '--version'],
  'mcpplugins validate small.yaml': [bin, 'validate', 'small.yaml'],
};
/** @type {Map<string, number[]>} */
const times = new Map(Object.keys(commands).map((name) => [name, []]));
try {
  for (let round = -1; round < rounds; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const begun = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      // The first round fills caches.
      if (round >= 0) times.get(name)?.push(performance.now() - begun);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
const empty = median(times.get('node -e 0') ?? []);
console.log(`starting, Node ${process.version}, medians of ${rounds} rounds`);
for (const [name, values] of times)
  console.log(`  ${name.padEnd(32)} ${(median(values) / empty).toFixed(2)}  ${median(values).toFixed(0)} ms`);
