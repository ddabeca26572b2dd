// Benchmarks as ratios: see README.md here.
//   npm run bench                                                  which suites there are
//   npm run bench -- SUITE [--rounds N] [--with PEER,… | --with all] [--json FILE]
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureGroup } from './measure.mjs';
import { loadPeer } from './peers.mjs';
import { formatGroup, toJson } from './report.mjs';

const suitesFolder = join(import.meta.dirname, 'suites');
const suiteNames = readdirSync(suitesFolder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length));

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '9' },
        with: { type: 'string', multiple: true, default: [] },
        json: { type: 'string' },
      },
    });
  } catch (error) {
    return stop(
      `${error instanceof Error ? error.message : String(error)}\nusage: npm run bench -- SUITE [--rounds N] [--with PEER,…] [--json FILE]`,
    );
  }
}

const { positionals, values } = readArguments();
const [name, ...rest] = positionals;
const list = `suites: ${suiteNames.join(', ')}`;
if (name === undefined) {
  console.log(list);
  process.exit(0);
}
if (rest.length > 0 || !suiteNames.includes(name)) stop(`no suite ${[name, ...rest].join(' ')}; ${list}`);
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1)
  stop(`--rounds ${values.rounds}: give a whole number of at least 1`);

/** @type {{ default: import('./suite.mjs').Suite }} */
const { default: suite } = await import(`./suites/${name}.mjs`);
const peers = suite.peers ?? [];
const wanted = new Set(values.with.flatMap((value) => value.split(',')));
for (const peer of wanted)
  if (peer !== 'all' && !peers.includes(peer))
    stop(`--with ${peer}: the suite ${name} compares with ${peers.join(', ') || 'no peers'}`);

const prepared = await suite.prepare({
  wants: (peer) => wanted.has('all') || wanted.has(peer),
  peer: loadPeer,
});
const results = [];
console.log(
  `${suite.title}\nmedian of ${rounds} rounds; ratio = CPU time by the anchor before and after; Node ${process.version}\n`,
);
try {
  for (const group of prepared.groups) {
    const result = await measureGroup(group, {
      rounds,
      warn: (message) => console.error(`note: ${message}`),
    });
    results.push(result);
    console.log(`${formatGroup(result)}\n`);
  }
  for (const line of prepared.after?.(results) ?? []) console.log(line);
} finally {
  await prepared.close?.();
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(toJson(name, rounds, results), null, 2)}\n`);
  console.log(`written: ${values.json}`);
}
