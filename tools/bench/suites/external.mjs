import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { openOurHost, openRawEcho, openSdkClient } from '../external/callers.mjs';
import { cpexPython } from '../lib/cpex.mjs';
import { defineSuite } from '../suite.mjs';

const folder = join(import.meta.dirname, '../external');
const file = (/** @type {string} */ name) => join(folder, name);

/** What is to be ended in the end, last one first. @type {(() => unknown)[]} */
const ends = [];

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 */
function start(command, args, env = {}) {
  const child = spawn(command, [...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  ends.push(() => child.kill('SIGKILL'));
  return child;
}

/** @param {readonly string[]} args @returns {Promise<string>} the address that a server of ours prints */
async function serve(args) {
  const { stdout } = start(process.execPath, args);
  return new Promise((resolve) => stdout?.once('data', (chunk) => resolve(String(chunk).trim())));
}

/** @template {{ close: () => unknown }} Opened @param {Opened} opened */
function ended(opened) {
  ends.push(() => opened.close());
  return opened;
}

/** @param {{ plugin: string, payload: object }} what */
async function openStdio(what) {
  const args = [file('serve.mjs'), 'stdio'];
  const sdk = new StdioClientTransport({
    command: process.execPath,
    args: [file('sdk-server.mjs'), 'stdio'],
  });
  return {
    echo: openRawEcho(start(process.execPath, [file('echo.mjs')]), what.payload),
    ours: ended(await openOurHost({ proto: 'STDIO', cmd: [process.execPath, ...args] }, what)),
    sdk: ended(await openSdkClient(sdk, what)),
  };
}

/** @param {{ plugin: string, payload: object }} what */
async function openHttp(what) {
  const uds = join(mkdtempSync(join(tmpdir(), 'mcpplugins-bench-')), 's.sock');
  ends.push(() => rmSync(join(uds, '..'), { recursive: true }));
  await serve([file('serve.mjs'), uds]);
  const http = (/** @type {string} */ url) => openOurHost({ proto: 'STREAMABLEHTTP', url }, what);
  const sdk = new StreamableHTTPClientTransport(new URL(await serve([file('sdk-server.mjs'), 'http'])));
  return {
    sdk: ended(await openSdkClient(sdk, what)),
    ours: ended(await http(await serve([file('serve.mjs'), 'http']))),
    stateless: ended(await http(await serve([file('serve.mjs'), 'stateless']))),
    socket: ended(await openOurHost({ proto: 'STREAMABLEHTTP', url: 'http://localhost/mcp', uds }, what)),
  };
}

/** Our host on cpex's plugin server, and how many of its own calls a second cpex would need to beat. @param {object} payload */
async function openCpex(payload) {
  const python = cpexPython();
  const work = mkdtempSync(join(tmpdir(), 'mcpplugins-bench-'));
  ends.push(() => rmSync(work, { recursive: true }));
  const config = join(work, 'config.yaml');
  const plugin = { name: 'pass', kind: 'cpex_pass.Pass', version: '1', hooks: ['tool_pre_invoke'] };
  writeFileSync(config, JSON.stringify({ plugins: [plugin], plugin_dirs: [], plugin_settings: {} }));
  const env = {
    PYTHONPATH: folder,
    PLUGINS_CONFIG_PATH: config,
    PLUGINS_TRANSPORT: 'stdio',
    PLUGINS_LOG_LEVEL: 'ERROR',
  };
  const cmd = [python, '-m', 'cpex.framework.external.mcp.server.runtime'];
  return ended(await openOurHost({ proto: 'STDIO', cmd, env }, { plugin: 'pass', payload }));
}

const sizes = /** @type {const} */ ([
  ['1 KB', 900],
  ['100 KB', 100_000],
]);

export default defineSuite({
  title: 'external plugins: host to plugin server over stdio, HTTP and unix socket',
  peers: ['cpex'],
  async prepare({ wants }) {
    const groups = [];
    for (const [size, characters] of sizes) {
      const payload = { name: 'echo', args: { text: 'x'.repeat(characters) } };
      const what = { plugin: 'pass', payload };
      const stdio = await openStdio(what);
      const http = await openHttp(what);
      const cpex = wants('cpex') ? await openCpex(payload) : undefined;
      for (const concurrency of [1, 32]) {
        const calls = (concurrency === 1 ? 1000 : 8000) / (characters > 10_000 ? 8 : 1);
        const target = (/** @type {string} */ name, /** @type {typeof stdio.echo} */ { loop }) => ({
          name,
          loop: loop(concurrency),
        });
        groups.push({
          name: `stdio, ${size}, ${concurrency} at a time (host process)`,
          calls,
          warmupCalls: 4000 / (characters > 10_000 ? 8 : 1),
          anchor: target('JSON lines to an echo, the limit', stdio.echo),
          targets: [
            target('our host and plugin server', stdio.ours),
            target("the SDK's client and server", stdio.sdk),
            ...(cpex === undefined ? [] : [target("our host and cpex's plugin server", cpex)]),
          ],
        });
        groups.push({
          name: `HTTP, ${size}, ${concurrency} at a time (host process)`,
          calls: calls / 2,
          warmupCalls: 2000 / (characters > 10_000 ? 8 : 1),
          anchor: target("the SDK's client and server", http.sdk),
          targets: [
            target('our host and plugin server', http.ours),
            target('the same, stateless', http.stateless),
            target('the same, on a unix socket', http.socket),
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

/** @param {{ name: string, wallNs: number }} result */
function perSecond({ name, wallNs }) {
  return `${Math.round(1e9 / wallNs).toLocaleString('en')}  ${name}`;
}
