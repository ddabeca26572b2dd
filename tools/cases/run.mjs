// Runs third-party cases, which live beside the repository, against the built packages: see README.md here.
//   npm run test:cases [-- TOPIC…]
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findCasesFolder, readCaseFile } from './read-cases.mjs';
import { TopicReport } from './report.mjs';
import { formatTopic } from './table.mjs';

/** @typedef {import('./adapter.mjs').Adapter} Adapter */

const root = resolve(import.meta.dirname, '../..');
const adaptersFolder = join(import.meta.dirname, 'adapters');
const topics = readdirSync(adaptersFolder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .toSorted();

const wanted = process.argv.slice(2);
const unknown = wanted.filter((topic) => !topics.includes(topic));
if (unknown.length > 0) {
  console.error(`no topic ${unknown.join(', ')}; there are ${topics.join(', ')}`);
  process.exit(2);
}

const folder = findCasesFolder(root, process.env['MCPPLUGINS_CASES']);
if (folder === undefined) {
  console.log(
    'test:cases: no folder ../shared/cases beside the repository and MCPPLUGINS_CASES is not set: nothing was run',
  );
  process.exit(0);
}

let allPassed = true;
for (const topic of wanted.length > 0 ? wanted : topics) {
  /** @type {{ default: Adapter }} */
  const { default: adapter } = await import(`./adapters/${topic}.mjs`);
  const report = new TopicReport();
  await adapter.run({ readCases: (file) => readCaseFile(folder, file), report });
  console.log(`${formatTopic(topic, adapter, report)}\n`);
  allPassed &&= report.ok;
}
process.exitCode = allPassed ? 0 : 1;
