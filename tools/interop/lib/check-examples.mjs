import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { externalKind } from '@mcpplugins/external-client';
import { PluginManager, resolvePluginConfig } from '@mcpplugins/framework-core';
import { verifyPluginServer } from '@mcpplugins/testing';
import { freePort, untilListening } from './port.mjs';
import { cacheFolder, installedVersions, pythonEnvironment } from './python-environment.mjs';

const examples = resolve(import.meta.dirname, '../../../examples/plugin-servers');

/** @param {string} command @param {string[]} args */
const firstLineOf = (command, ...args) =>
  execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')[0];

/** Of the official SDK, and what its WebSocket server runs on. */
const pythonPackages = ['mcp<2', 'websockets'];

const toolchains = {
  Python: {
    build: forPython,
    version: () => installedVersions(pythonEnvironment('python-sdk', pythonPackages), ['mcp']),
  },
  Go: { build: forGo, version: () => firstLineOf('go', 'version') },
  Rust: { build: forRust, version: () => firstLineOf('cargo', '--version') },
};

/** Builds the plugin servers of examples/plugin-servers, verifies them and calls them. @param {import('./report.mjs').Report} report */
export async function checkExamples(report) {
  for (const [language, toolchain] of Object.entries(toolchains)) {
    const { version, build } = toolchain;
    console.log(`building the plugin server in ${language}: ${version()}`);
    const cmd = build();
    const verification = await verifyPluginServer({ mcp: { proto: 'STDIO', cmd }, directory: examples });
    const wrong = verification.checks.filter(({ status }) => status === 'fails');
    report.equal(`${language}: mcpplugins verify`, wrong, []);
    await callGuard(language, { proto: 'STDIO', cmd }, report);
  }
  for (const [transport, proto, url] of overNetwork) {
    console.log(`starting the plugin server in Python over ${transport}`);
    const server = await startPython(transport);
    try {
      const mcp = { proto, url: url(server.port) };
      const verification = await verifyPluginServer({ mcp });
      const wrong = verification.checks.filter(({ status }) => status === 'fails');
      report.equal(`Python over ${transport}: mcpplugins verify`, wrong, []);
      await callGuard(`Python over ${transport}`, mcp, report);
    } finally {
      await server.stop();
    }
  }
}

/** Transports of the SDK in Python that plugin servers over stdio and Streamable HTTP do not use. */
const overNetwork = /** @type {const} */ ([
  ['sse', 'SSE', (/** @type {number} */ port) => `http://127.0.0.1:${port}/sse`],
  ['websocket', 'WEBSOCKET', (/** @type {number} */ port) => `ws://127.0.0.1:${port}/ws`],
]);

/** @param {string} transport */
async function startPython(transport) {
  const port = await freePort();
  const script = join(import.meta.dirname, '../python/word_guard_over.py');
  const child = spawn(pythonEnvironment('python-sdk', pythonPackages), [script, transport, String(port)], {
    stdio: 'ignore',
  });
  await untilListening(port, child);
  return {
    port,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** @param {string} language @param {Readonly<Record<string, unknown>>} mcp @param {import('./report.mjs').Report} report */
async function callGuard(language, mcp, report) {
  const kind = externalKind();
  const config = { name: 'WordGuard', kind: 'external', mcp };
  const context = { directory: examples, env: {} };
  const manager = await PluginManager.start({
    plugins: [{ config, load: () => kind(resolvePluginConfig(config), context) }],
  });
  try {
    const request = manager.openRequest();
    const call = (/** @type {string} */ word) =>
      request.invoke('tool_pre_invoke', { name: 'echo', args: { word } });
    report.equal(`${language}: goes on`, (await call('fine')).continueProcessing, true);
    report.equal(`${language}: masks`, (await call('a secret')).modifiedPayload, {
      name: 'echo',
      args: { word: 'a ******' },
    });
    report.equal(`${language}: blocks`, (await call('forbidden')).violation?.code, 'FORBIDDEN_WORD');
  } finally {
    await manager.shutdown();
  }
}

function forPython() {
  return [pythonEnvironment('python-sdk', pythonPackages), join(examples, 'python/word_guard.py')];
}

function forGo() {
  const program = join(cacheFolder, 'word-guard-go');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: join(examples, 'go'), stdio: 'inherit' });
  return [program];
}

function forRust() {
  const folder = join(cacheFolder, 'word-guard-rust');
  execFileSync('cargo', ['build', '--quiet', '--locked', '--target-dir', folder], {
    cwd: join(examples, 'rust'),
    stdio: 'inherit',
  });
  return [join(folder, 'debug/word-guard')];
}
