import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';
import { stringify } from 'yaml';
import { checkPeerServer } from './our-host.mjs';
import { InteropPlugin } from './our-plugin.mjs';
import { freePort } from './port.mjs';
import { checkPythonHost } from './python-host.mjs';

const pythonFolder = join(import.meta.dirname, '../python');
const hooks = [
  'prompt_pre_fetch',
  'prompt_post_fetch',
  'tool_pre_invoke',
  'tool_post_invoke',
  'resource_pre_fetch',
  'resource_post_fetch',
];

/**
 * @typedef {object} PeerRun
 * @property {import('../peers.mjs').PythonPeer} peer
 * @property {string} python of its environment
 * @property {import('./report.mjs').Report} report
 */

/** Our host against its plugin server, and its host against ours, over stdio and HTTP. @param {PeerRun} run */
export async function checkPeer(run) {
  const work = mkdtempSync(join(tmpdir(), 'mcpplugins-interop-'));
  try {
    await checkServer(run, work);
    await checkHost(run, work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** @param {PeerRun} run @param {string} work */
async function checkServer({ peer, python, report }, work) {
  const config = join(work, 'server.yaml');
  const plugin = {
    name: 'InteropPlugin',
    kind: 'interop_plugin.InteropPlugin',
    version: '1.0',
    mode: peer.mode,
    priority: 1,
    hooks,
  };
  writeFileSync(config, configOf(plugin));
  const env = {
    PYTHONPATH: pythonFolder,
    PLUGINS_CONFIG_PATH: config,
    PLUGINS_LOG_LEVEL: 'ERROR',
    INTEROP_FRAMEWORK: peer.framework,
  };
  const runtime = ['-m', `${peer.framework}.external.mcp.server.runtime`];
  await checkPeerServer(
    `${peer.name}, its server over stdio`,
    { proto: 'STDIO', cmd: [python, ...runtime], cwd: work, env: { ...env, PLUGINS_TRANSPORT: 'stdio' } },
    { report, restart: async () => {} },
  );
  const port = await freePort();
  const start = async () => {
    const child = spawn(python, runtime, {
      cwd: work,
      env: {
        ...process.env,
        ...env,
        PLUGINS_TRANSPORT: 'http',
        PLUGINS_SERVER_HOST: '127.0.0.1',
        PLUGINS_SERVER_PORT: String(port),
      },
      stdio: 'ignore',
    });
    await untilHealthy(`http://127.0.0.1:${port}/health`);
    return child;
  };
  let child = await start();
  try {
    await checkPeerServer(
      `${peer.name}, its server over HTTP`,
      { proto: 'STREAMABLEHTTP', url: `http://127.0.0.1:${port}/mcp` },
      {
        report,
        restart: async () => {
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          await gone;
          child = await start();
        },
      },
    );
  } finally {
    child.kill('SIGKILL');
  }
}

/** @param {PeerRun} run @param {string} work */
async function checkHost({ peer, python, report }, work) {
  const port = await freePort();
  const plugins = [{ config: { name: 'InteropPlugin', kind: 'interop' }, load: () => InteropPlugin }];
  const start = () => servePlugins({ plugins, transport: 'http', settings: { port } });
  let server = await start();
  const host = { python, script: join(pythonFolder, 'host.py'), framework: peer.framework, report };
  const config = join(work, 'host.yaml');
  writeFileSync(config, hostConfig(peer, { proto: 'STREAMABLEHTTP', url: `http://localhost:${port}/mcp` }));
  const restart = async () => {
    await server.close();
    server = await start();
  };
  try {
    await checkPythonHost(`${peer.name}, its host over HTTP`, {
      ...host,
      config,
      restart: peer.reconnects ? restart : undefined,
    });
  } finally {
    await server.close();
  }
  if (!peer.startsCommands) return;
  const overStdio = join(work, 'host-stdio.yaml');
  const cmd = [process.execPath, join(import.meta.dirname, 'serve-stdio.mjs')];
  writeFileSync(overStdio, hostConfig(peer, { proto: 'STDIO', cmd }));
  await checkPythonHost(`${peer.name}, its host over stdio`, {
    ...host,
    config: overStdio,
    restart: undefined,
  });
}

/** @param {import('../peers.mjs').PythonPeer} peer @param {Record<string, unknown>} mcp */
function hostConfig({ mode }, mcp) {
  return configOf({ name: 'InteropPlugin', kind: 'external', mode, priority: 1, mcp });
}

/** @param {Record<string, unknown>} plugin */
function configOf(plugin) {
  return stringify({ plugins: [plugin], plugin_dirs: [], plugin_settings: {} });
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
