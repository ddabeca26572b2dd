// Our host against plugin servers of others, and their hosts against our plugin server.
//   npm run test:interop            cpex from PyPI
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';
import { stringify } from 'yaml';
import { checkPeerServer } from './lib/our-host.mjs';
import { InteropPlugin } from './lib/our-plugin.mjs';
import { installedVersions, pythonEnvironment } from './lib/python-environment.mjs';
import { checkPythonHost } from './lib/python-host.mjs';
import { Report } from './lib/report.mjs';

const here = import.meta.dirname;
const pythonFolder = join(here, 'python');
const hooks = [
  'prompt_pre_fetch',
  'prompt_post_fetch',
  'tool_pre_invoke',
  'tool_post_invoke',
  'resource_pre_fetch',
  'resource_post_fetch',
];

const report = new Report();
const work = mkdtempSync(join(tmpdir(), 'mcpplugins-interop-'));
try {
  const python = pythonEnvironment('cpex', ['cpex==0.1.4']);
  console.log(`peers: ${installedVersions(python, ['cpex', 'mcp', 'pydantic'])}`);
  await checkCpexServer(python);
  await checkCpexHost(python);
} finally {
  rmSync(work, { recursive: true });
}
process.exitCode = report.finish() ? 0 : 1;

/** @param {string} python */
async function checkCpexServer(python) {
  const config = join(work, 'server.yaml');
  const plugin = { name: 'InteropPlugin', kind: 'interop_plugin.InteropPlugin', version: '1.0', hooks };
  writeFileSync(config, stringify({ plugins: [plugin], plugin_dirs: [], plugin_settings: {} }));
  const env = { PYTHONPATH: pythonFolder, PLUGINS_CONFIG_PATH: config, PLUGINS_LOG_LEVEL: 'ERROR' };
  const runtime = ['-m', 'cpex.framework.external.mcp.server.runtime'];
  await checkPeerServer(
    'cpex server over stdio',
    { proto: 'STDIO', cmd: [python, ...runtime], env: { ...env, PLUGINS_TRANSPORT: 'stdio' } },
    { report, restart: async () => {} },
  );
  const port = await freePort();
  const start = async () => {
    const child = spawn(python, runtime, {
      env: { ...process.env, ...env, PLUGINS_TRANSPORT: 'http', PLUGINS_SERVER_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    await untilHealthy(`http://127.0.0.1:${port}/health`);
    return child;
  };
  let child = await start();
  try {
    await checkPeerServer(
      'cpex server over HTTP',
      { proto: 'STREAMABLEHTTP', url: `http://127.0.0.1:${port}/mcp` },
      {
        report,
        restart: async () => {
          child.kill('SIGKILL');
          child = await start();
        },
      },
    );
  } finally {
    child.kill('SIGKILL');
  }
}

/** @param {string} python */
async function checkCpexHost(python) {
  const script = join(pythonFolder, 'host.py');
  const port = await freePort();
  const plugins = [{ config: { name: 'InteropPlugin', kind: 'interop' }, load: () => InteropPlugin }];
  const start = () => servePlugins({ plugins, transport: 'http', settings: { port } });
  let server = await start();
  const config = join(work, 'host.yaml');
  const mcp = { proto: 'STREAMABLEHTTP', url: `http://localhost:${port}/mcp` };
  writeFileSync(config, hostConfig(mcp));
  try {
    await checkPythonHost('cpex host over HTTP', {
      python,
      script,
      config,
      report,
      restart: async () => {
        await server.close();
        server = await start();
      },
    });
  } finally {
    await server.close();
  }
  const overStdio = join(work, 'host-stdio.yaml');
  writeFileSync(
    overStdio,
    hostConfig({ proto: 'STDIO', cmd: [process.execPath, join(here, 'lib/serve-stdio.mjs')] }),
  );
  await checkPythonHost('cpex host over stdio', {
    python,
    script,
    config: overStdio,
    report,
    restart: undefined,
  });
}

/** @param {Record<string, unknown>} mcp */
function hostConfig(mcp) {
  const plugin = { name: 'InteropPlugin', kind: 'external', mode: 'sequential', priority: 1, mcp };
  return stringify({ plugins: [plugin], plugin_dirs: [], plugin_settings: {} });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** @param {string} url */
async function untilHealthy(url) {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (performance.now() > deadline) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
