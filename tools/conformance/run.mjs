// The MCP conformance suite against the gateway: every server scenario of revision 2025-11-25, also those that it does not
// require yet (`server-sse-polling`), for each configuration of plugins and each kind of upstream; the client scenarios, those on
// authorization included, against the gateway's upstream leg; and what a client gets through the gateway against what it gets directly.
//   npm run test:conformance                       everything, and the fixture without a gateway
//   npm run test:conformance -- passthrough stdio  one configuration, one upstream
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { configurationNames } from './configurations.mjs';
import { compare, redacting } from './differential.mjs';

const root = resolve(import.meta.dirname, '../..');
const suiteFolder = join(root, '.nodes/conformance');
const outputFolder = join(root, '.nodes/conformance-results');
// The suite needs Node 22 and names these as the newest that has requirement sets.
const packages = [
  '@modelcontextprotocol/conformance@0.2.0-alpha.12',
  `node-${process.platform}-${process.arch}@22`,
];
const revision = '2025-11-25';
/** Server scenarios of the revision, required or not. */
const scenarioCount = 33;
/** Client scenarios of the revision that the gateway does not have, each with the reason. */
const leftOut = new Map([
  ['auth/client-credentials-jwt', 'an extension: the gateway shows secrets, it signs no assertions'],
  ['auth/wif-jwt-bearer', 'an extension: the gateway has no identity of a workload to show'],
  [
    'auth/enterprise-managed-authorization',
    'an extension: the gateway exchanges no tokens of an identity provider',
  ],
  ['auth/dpop', 'an extension: the tokens of the gateway are bearer tokens'],
  ['auth/dpop-nonce', 'an extension, as auth/dpop'],
]);
/** Client scenarios of other revisions on what a login has in all of them; run once. */
const furtherScenarios = [
  'auth/2025-03-26-oauth-metadata-backcompat',
  'auth/2025-03-26-oauth-endpoint-fallback',
  'auth/resource-mismatch',
  'auth/metadata-issuer-mismatch',
  'auth/authorization-server-migration',
  'auth/iss-supported',
  'auth/iss-not-advertised',
  'auth/iss-supported-missing',
  'auth/iss-wrong-issuer',
  'auth/iss-unexpected',
  'auth/iss-normalized',
];
/** Processes of the suite at a time. */
const maxConcurrent = 2;

function installSuite() {
  const node = join(suiteFolder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  const suite = join(suiteFolder, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
  if (!existsSync(node) || !existsSync(suite)) {
    mkdirSync(suiteFolder, { recursive: true });
    execFileSync(
      'npm',
      ['install', '--prefix', suiteFolder, '--no-save', '--no-audit', '--no-fund', ...packages],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  }
  return { node, suite };
}

/**
 * Starts a program that prints its URL on its first line.
 *
 * @param {...string} args
 */
async function start(...args) {
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) return { child, url: line };
  throw new Error(`${args.join(' ')} ended before it was ready`);
}

/** @param {{ child: import('node:child_process').ChildProcess }} started */
async function stop({ child }) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await Promise.race([ended, new Promise((done) => setTimeout(done, 5000))]);
  child.kill('SIGKILL');
}

/**
 * @param {string} file
 * @returns {{ id: string; status: string; errorMessage?: string }[]}
 */
function readChecks(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Runs every server scenario and counts its checks.
 *
 * @param {string} url
 * @param {string} name
 */
function runSuite(url, name) {
  return runScenarios(name, ['server', '--url', url, '--requirements', revision]);
}

/** Every client scenario of the revision but those that are left out. A new one is never left out by itself. */
function listClientScenarios() {
  const { node, suite } = installSuite();
  const text = execFileSync(node, [suite, 'list', '--requirements', revision], { encoding: 'utf8' });
  const [, required = ''] = text.split('Client scenarios');
  const [scored = ''] = required.split('never scored');
  const listed = [...scored.matchAll(/^  - (\S+)$/gm), ...text.matchAll(/^ +- (\S+) \[client\]$/gm)].flatMap(
    ([, name]) => name ?? [],
  );
  const unknown = [...leftOut.keys()].filter((name) => !listed.includes(name));
  if (unknown.length > 0) throw new Error(`the suite has no scenario ${unknown.join(', ')} any more`);
  return listed.filter((name) => !leftOut.has(name));
}

/**
 * Runs client scenarios on a client behind the gateway.
 *
 * @param {string} configuration
 * @param {readonly string[]} scenarios
 */
async function runClientSuite(configuration, scenarios) {
  const command = `${process.execPath} ${join(import.meta.dirname, 'client.mjs')} ${configuration}`;
  /** @type {Awaited<ReturnType<typeof runScenarios>>[]} */
  const runs = [];
  const waiting = [...scenarios];
  const work = async () => {
    for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
      const name = `${configuration}-client-${scenario.replace('/', '-')}`;
      const args = ['client', '--command', command, '--scenario', scenario, '--spec-version', revision];
      // Extensions and what other revisions have are run as well, with the messages of this revision.
      runs.push(await runScenarios(name, [...args, '--force']));
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, work));
  return {
    scenarios: runs.reduce((sum, run) => sum + run.scenarios, 0),
    passed: runs.reduce((sum, { passed }) => sum + passed, 0),
    warnings: runs.flatMap(({ warnings }) => warnings),
    failures: runs.flatMap(({ failures }) => failures),
  };
}

/**
 * @param {string} name
 * @param {readonly string[]} args of the suite
 */
async function runScenarios(name, args) {
  const { node, suite } = installSuite();
  const folder = join(outputFolder, name);
  rmSync(folder, { recursive: true, force: true });
  const child = spawn(node, [suite, ...args, '-o', folder], { stdio: 'ignore' });
  const exitCode = await new Promise((done) => child.once('exit', done));
  const rows = readdirSync(folder, { recursive: true })
    .filter((file) => String(file).endsWith('checks.json'))
    .map((file) => ({
      scenario: String(file).split('/').at(-2) ?? '',
      checks: readChecks(join(folder, String(file))),
    }));
  const checks = rows.flatMap(({ scenario, checks: list }) => list.map((check) => ({ scenario, ...check })));
  const failures = checks.filter(({ status }) => status === 'FAILURE');
  // The suite takes it for a failure when the client failed at what no check looks at.
  if (exitCode !== 0 && failures.length === 0)
    failures.push({ scenario: name, id: 'exit', status: 'FAILURE', errorMessage: `exit code ${exitCode}` });
  return {
    scenarios: rows.length,
    passed: checks.filter(({ status }) => status === 'SUCCESS').length,
    warnings: checks.filter(({ status }) => status === 'WARNING'),
    failures,
  };
}

/**
 * @param {string} name
 * @param {Awaited<ReturnType<typeof runSuite>>} counts
 */
function report(name, { scenarios, passed, warnings, failures }, expected = scenarioCount) {
  console.log(
    `${name.padEnd(24)} ${scenarios} scenarios, ${passed} passed, ${failures.length} failed, ${warnings.length} warnings`,
  );
  for (const { scenario, id, errorMessage } of [...failures, ...warnings])
    console.log(`  ${scenario} ${id}: ${errorMessage ?? ''}`);
  return failures.length === 0 && passed > 0 && scenarios >= expected;
}

/**
 * @param {string} configuration
 * @param {readonly string[]} scenarios
 */
async function reportClientLeg(configuration, scenarios, name = `${configuration}, client leg`) {
  return report(name, await runClientSuite(configuration, scenarios), scenarios.length);
}

const [onlyConfiguration, onlyUpstream] = process.argv.slice(2);
const clientScenarios = listClientScenarios();
const fixture = await start('fixture-server.mjs', 'http');
let allPassed = true;
if (onlyConfiguration === undefined)
  allPassed = report('direct', await runSuite(fixture.url, 'direct')) && allPassed;
for (const configuration of onlyConfiguration === undefined ? configurationNames : [onlyConfiguration]) {
  for (const upstream of onlyUpstream === undefined ? ['http', 'stdio'] : [onlyUpstream]) {
    const target = upstream === 'http' ? fixture.url : 'stdio';
    const gateway = await start('gateway.mjs', configuration, target);
    const name = `${configuration}, ${upstream}`;
    allPassed = report(name, await runSuite(gateway.url, `${configuration}-${upstream}`)) && allPassed;
    await stop(gateway);
    allPassed = (await compare(fixture.url, configuration, target)) && allPassed;
  }
  allPassed = (await reportClientLeg(configuration, clientScenarios)) && allPassed;
}
if (onlyConfiguration === undefined)
  allPassed = (await reportClientLeg('none', furtherScenarios, 'other revisions')) && allPassed;
for (const [scenario, reason] of leftOut) console.log(`left out: ${scenario}, ${reason}`);
if (onlyConfiguration === undefined)
  for (const target of [fixture.url, 'stdio'])
    allPassed = (await compare(fixture.url, redacting, target)) && allPassed;
await stop(fixture);
process.exitCode = allPassed ? 0 : 1;
