import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type HookHandlers, silentLogger } from '@mcpplugins/framework-core';
import { serveHttp, type ServeHttpOptions } from '../../src/http/serve-http.js';
import type { HttpGateway } from '../../src/http/http-gateway.js';
import { startManager } from './start-relay.js';
import { serverFile } from './start-stdio.js';

const cleanups: (() => Promise<void>)[] = [];

/** Ends everything that this file started. */
export async function stopAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
}

/** A gateway on HTTP. */
export async function startHttpGateway(
  servers: ServeHttpOptions['servers'],
  plugins: readonly HookHandlers[] = [],
  options: Partial<ServeHttpOptions> = {},
): Promise<{ readonly gateway: HttpGateway; readonly url: URL; readonly logged: string[] }> {
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const gateway = await serveHttp({
    manager: await startManager(...plugins),
    servers,
    logger: { ...silentLogger, info: log, warn: log, error: log },
    drainMs: 200,
    ...options,
  });
  cleanups.push(() => gateway.close());
  return { gateway, url: new URL('/mcp', gateway.url), logged };
}

/** server-everything over stdio, as an upstream. */
export const everythingOverStdio = {
  command: process.execPath,
  args: [serverFile('everything')],
  closeGraceMs: 200,
};

/** server-everything over the older transport with server-sent events, as an upstream. */
export async function startEverythingOverSse(): Promise<{ readonly url: string; readonly type: 'sse' }> {
  const { url } = await startEverythingOverHttp('sse');
  return { url: url.replace('/mcp', '/sse'), type: 'sse' };
}

/** server-everything over HTTP, as an upstream. */
export async function startEverythingOverHttp(
  transport: 'streamableHttp' | 'sse' = 'streamableHttp',
): Promise<{ readonly url: string }> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [serverFile('everything'), transport], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  cleanups.push(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  // Without an end to its stderr: what the server writes there later would fail.
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    if (/listening|running/.test(String(chunk))) break;
  }
  child.stderr.resume();
  return { url: `http://localhost:${port}/mcp` };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
