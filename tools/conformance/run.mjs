// The MCP conformance suite against the gateway: every server scenario of revision 2025-11-25, also those that it does not
// require yet (`server-sse-polling`), for each configuration of plugins and each kind of upstream; the client scenarios against
// the gateway's upstream leg; and what a client gets through the gateway against what it gets directly.
//   npm run test:conformance                       everything, and the fixture without a gateway
//   npm run test:conformance -- passthrough stdio  one configuration, one upstream
import { execFileSync, spawn, spawnSync } from 'node:child_process';
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
/**
 * Client scenarios of the revision but for those on authorization: the gateway sends the credentials that its configuration
 * gives an upstream, and asks no authorization server for others.
 */
const clientScenarios = ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry'];

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

/**
 * Runs the client scenarios on a client behind the gateway.
 *
 * @param {string} configuration
 */
function runClientSuite(configuration) {
  const command = `${process.execPath} ${join(import.meta.dirname, 'client.mjs')} ${configuration}`;
  const runs = clientScenarios.map((scenario) =>
    runScenarios(`${configuration}-client-${scenario}`, [
      'client',
      '--command',
      command,
      '--scenario',
      scenario,
      '--spec-version',
      revision,
    ]),
  );
  return {
    scenarios: runs.reduce((sum, { scenarios }) => sum + scenarios, 0),
    passed: runs.reduce((sum, { passed }) => sum + passed, 0),
    warnings: runs.flatMap(({ warnings }) => warnings),
    failures: runs.flatMap(({ failures }) => failures),
  };
}

/**
 * @param {string} name
 * @param {readonly string[]} args of the suite
 */
function runScenarios(name, args) {
  const { node, suite } = installSuite();
  const folder = join(outputFolder, name);
  rmSync(folder, { recursive: true, force: true });
  spawnSync(node, [suite, ...args, '-o', folder], { stdio: 'ignore' });
  const rows = readdirSync(folder, { recursive: true })
    .filter((file) => String(file).endsWith('checks.json'))
    .map((file) => ({
      scenario: String(file).split('/').at(-2) ?? '',
      checks: readChecks(join(folder, String(file))),
    }));
  const checks = rows.flatMap(({ scenario, checks: list }) => list.map((check) => ({ scenario, ...check })));
  return {
    scenarios: rows.length,
    passed: checks.filter(({ status }) => status === 'SUCCESS').length,
    warnings: checks.filter(({ status }) => status === 'WARNING'),
    failures: checks.filter(({ status }) => status === 'FAILURE'),
  };
}

/**
 * @param {string} name
 * @param {ReturnType<typeof runSuite>} counts
 */
function report(name, { scenarios, passed, warnings, failures }, expected = scenarioCount) {
  console.log(
    `${name.padEnd(24)} ${scenarios} scenarios, ${passed} passed, ${failures.length} failed, ${warnings.length} warnings`,
  );
  for (const { scenario, id, errorMessage } of [...failures, ...warnings])
    console.log(`  ${scenario} ${id}: ${errorMessage ?? ''}`);
  return failures.length === 0 && passed > 0 && scenarios >= expected;
}

const [onlyConfiguration, onlyUpstream] = process.argv.slice(2);
const fixture = await start('fixture-server.mjs', 'http');
let allPassed = true;
if (onlyConfiguration === undefined)
  allPassed = report('direct', runSuite(fixture.url, 'direct')) && allPassed;
for (const configuration of onlyConfiguration === undefined ? configurationNames : [onlyConfiguration]) {
  for (const upstream of onlyUpstream === undefined ? ['http', 'stdio'] : [onlyUpstream]) {
    const target = upstream === 'http' ? fixture.url : 'stdio';
    const gateway = await start('gateway.mjs', configuration, target);
    const name = `${configuration}, ${upstream}`;
    allPassed = report(name, runSuite(gateway.url, `${configuration}-${upstream}`)) && allPassed;
    await stop(gateway);
    allPassed = (await compare(fixture.url, configuration, target)) && allPassed;
  }
  allPassed =
    report(`${configuration}, client leg`, runClientSuite(configuration), clientScenarios.length) &&
    allPassed;
}
if (onlyConfiguration === undefined)
  for (const target of [fixture.url, 'stdio'])
    allPassed = (await compare(fixture.url, redacting, target)) && allPassed;
await stop(fixture);
process.exitCode = allPassed ? 0 : 1;
