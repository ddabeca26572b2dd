import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { openOurHost, openRawLines, openSdkClient } from '../external/callers.mjs';
import { firstLine, reportingProgram, startChild } from '../lib/child.mjs';
import { cpexPython } from '../lib/cpex.mjs';
import { freePort } from '../lib/free-port.mjs';
import { perSecond } from '../lib/per-second.mjs';
import { defineSuite } from '../suite.mjs';

const folder = join(import.meta.dirname, '../external');
const file = (/** @type {string} */ name) => join(folder, name);

/** What is to be ended in the end, last one first. @type {(() => unknown)[]} */
const ends = [];

/** @typedef {{ plugin: string, payload: object }} What */
/** @typedef {{ loop: (concurrency: number) => (calls: number) => Promise<void>, childCpuMicroseconds?: () => Promise<number> }} Opened */

/** A program that somebody else starts. @param {readonly string[]} args */
function program(args) {
  const reporting = reportingProgram(args);
  ends.push(reporting.stop);
  return reporting;
}

/** @param {readonly string[]} args */
function start(args) {
  const child = startChild(args);
  ends.push(child.stop);
  return child;
}

/**
 * @param {{ loop: Opened['loop'], close: () => unknown }} opened
 * @param {() => Promise<number>} [childCpuMicroseconds]
 * @returns {Opened}
 */
function ended({ loop, close }, childCpuMicroseconds) {
  ends.push(close);
  return childCpuMicroseconds === undefined ? { loop } : { loop, childCpuMicroseconds };
}

/** @param {string} name @param {What} what @returns {Opened} */
function openLines(name, what) {
  const { process: child, cpuMicroseconds } = start([file(name)]);
  return { ...openRawLines(child, what), childCpuMicroseconds: cpuMicroseconds };
}

/** @param {What} what */
async function openStdio(what) {
  const ours = program([file('serve.mjs'), 'stdio']);
  const sdk = program([file('sdk-server.mjs'), 'stdio']);
  const mcp = { proto: 'STDIO', cmd: [ours.command, ...ours.args], env: ours.env };
  return {
    echo: openLines('echo.mjs', what),
    answer: openLines('answer.mjs', what),
    ours: ended(await openOurHost(mcp, what), ours.cpuMicroseconds),
    sdk: ended(await openSdkClient(new StdioClientTransport(sdk), what), sdk.cpuMicroseconds),
  };
}

/** @param {What} what */
async function openHttp(what) {
  const uds = join(newFolder(), 's.sock');
  /** @param {string} how */
  const open = async (how) => {
    const server = start([file('serve.mjs'), how]);
    const address = await firstLine(server);
    const where = how === uds ? { url: 'http://localhost/mcp', uds } : { url: address };
    return ended(await openOurHost({ proto: 'STREAMABLEHTTP', ...where }, what), server.cpuMicroseconds);
  };
  const sdk = start([file('sdk-server.mjs'), 'http']);
  const transport = new StreamableHTTPClientTransport(new URL(await firstLine(sdk)));
  return {
    sdk: ended(await openSdkClient(transport, what), sdk.cpuMicroseconds),
    ours: await open('http'),
    stateless: await open('stateless'),
    socket: await open(uds),
  };
}

/** Our host on cpex's plugin servers. Their CPU time is not counted. @param {object} payload */
async function openCpex(payload) {
  const python = cpexPython();
  const work = newFolder();
  const config = join(work, 'config.yaml');
  const plugin = { name: 'pass', kind: 'cpex_pass.Pass', version: '1', hooks: ['tool_pre_invoke'] };
  writeFileSync(config, JSON.stringify({ plugins: [plugin], plugin_dirs: [], plugin_settings: {} }));
  const env = { PYTHONPATH: folder, PLUGINS_CONFIG_PATH: config, PLUGINS_LOG_LEVEL: 'ERROR' };
  const args = ['-m', 'cpex.framework.external.mcp.server.runtime'];
  const what = { plugin: 'pass', payload };
  /** @param {Readonly<Record<string, unknown>>} mcp */
  const open = async (mcp) => ended(await openOurHost(mcp, what));
  /** @param {Readonly<Record<string, string>>} where @param {Readonly<Record<string, unknown>>} mcp */
  const overHttp = async (where, mcp) => {
    const server = spawn(python, args, {
      stdio: 'ignore',
      env: { ...process.env, ...env, PLUGINS_TRANSPORT: 'http', ...where },
    });
    ends.push(() => server.kill('SIGKILL'));
    return retried(() => open({ proto: 'STREAMABLEHTTP', ...mcp }));
  };
  const port = await freePort();
  const uds = join(work, 's.sock');
  return {
    stdio: await open({
      proto: 'STDIO',
      cmd: [python, ...args],
      env: { ...env, PLUGINS_TRANSPORT: 'stdio' },
    }),
    http: await overHttp(
      { PLUGINS_SERVER_HOST: '127.0.0.1', PLUGINS_SERVER_PORT: String(port) },
      { url: `http://127.0.0.1:${port}/mcp` },
    ),
    socket: await overHttp({ PLUGINS_SERVER_UDS: uds }, { url: 'http://localhost/mcp', uds }),
  };
}

function newFolder() {
  const created = mkdtempSync(join(tmpdir(), 'mcpplugins-bench-'));
  ends.push(() => rmSync(created, { recursive: true }));
  return created;
}

/**
 * A server that prints no address is there when it answers.
 *
 * @template Value
 * @param {() => Promise<Value>} open
 */
async function retried(open) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      if (attempt === 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

const sizes = /** @type {const} */ ([
  ['1 KB', 900],
  ['100 KB', 100_000],
]);

export default defineSuite({
  title: 'external plugins: host to plugin server over stdio, HTTP and unix socket',
  peers: ['cpex'],
  async prepare({ wants }) {
    // The SDK's client leaves a listener for each call, and Node says so for each.
    process.removeAllListeners('warning');
    const groups = [];
    for (const [size, characters] of sizes) {
      const payload = { name: 'echo', args: { text: 'x'.repeat(characters) } };
      const what = { plugin: 'pass', payload };
      const stdio = await openStdio(what);
      const http = await openHttp(what);
      const cpex = wants('cpex') ? await openCpex(payload) : undefined;
      const fraction = characters > 10_000 ? 8 : 1;
      for (const concurrency of [1, 32]) {
        const calls = (concurrency === 1 ? 2000 : 16_000) / fraction;
        /** @param {string} name @param {Opened | undefined} opened */
        const target = (name, opened) =>
          opened === undefined ? [] : [{ name, ...opened, loop: opened.loop(concurrency) }];
        const [lines] = target('JSON lines to an echo, the limit', stdio.echo);
        const [sdk] = target("the SDK's client and server", http.sdk);
        if (lines === undefined || sdk === undefined) throw new Error('there is nothing to compare with');
        groups.push({
          name: `stdio, ${size}, ${concurrency} at a time (all processes)`,
          calls,
          warmupCalls: 16_000 / fraction,
          anchor: lines,
          targets: [
            ...target('JSON lines, parsed and answered', stdio.answer),
            ...target('our host and plugin server', stdio.ours),
            ...target("the SDK's client and server", stdio.sdk),
          ],
        });
        groups.push({
          name: `HTTP, ${size}, ${concurrency} at a time (all processes)`,
          calls: Math.round(calls / 4),
          warmupCalls: 4000 / fraction,
          anchor: sdk,
          targets: [
            ...target('our host and plugin server', http.ours),
            ...target('the same, stateless', http.stateless),
            ...target('the same, on a unix socket', http.socket),
          ],
        });
        if (cpex !== undefined)
          groups.push({
            name: `cpex, ${size}, ${concurrency} at a time (without cpex's process)`,
            calls: concurrency === 1 ? 100 : 400,
            warmupCalls: 100,
            anchor: { name: 'our host and plugin server, HTTP', loop: http.ours.loop(concurrency) },
            targets: [
              ...target("our host and cpex's plugin server, stdio", cpex.stdio),
              ...target('the same, HTTP', cpex.http),
              ...target('the same, unix socket', cpex.socket),
            ],
          });
      }
    }
    return {
      groups,
      after: (results) =>
        results.map(({ name, anchor, targets }) =>
          [`${name}, calls a second:`, ...[anchor, ...targets].map(perSecond)].join('\n  '),
        ),
      close: async () => {
        for (const end of ends.toReversed()) await end();
      },
    };
  },
});
