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

/**
 * @param {string} folder
 * @param {string} topic
 */
async function runTopic(folder, topic) {
  /** @type {{ default: Adapter }} */
  const { default: adapter } = await import(`./adapters/${topic}.mjs`);
  const report = new TopicReport();
  await adapter.run({ readCases: (file) => readCaseFile(folder, file), report });
  console.log(`${formatTopic(topic, adapter, report)}\n`);
  return report.ok;
}

function findFolderOrStop() {
  try {
    const folder = findCasesFolder(root, process.env['MCPPLUGINS_CASES']);
    if (folder !== undefined) return folder;
    console.log(
      'test:cases: nothing was run: there is no folder ../shared/cases beside the repository, and MCPPLUGINS_CASES is not set',
    );
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const folder = findFolderOrStop();
let allPassed = true;
for (const topic of wanted.length > 0 ? wanted : topics)
  try {
    allPassed = (await runTopic(folder, topic)) && allPassed;
  } catch (error) {
    console.error(`FAIL ${topic}: the adapter stopped`, error);
    allPassed = false;
  }
process.exitCode = allPassed ? 0 : 1;
