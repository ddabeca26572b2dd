import { startHttpFaultServer, startSseFaultServer, startWebSocketFaultServer } from '@mcpplugins/testing';
import { expect, it } from 'vitest';
import { RunningCli } from '../support/run-process.js';

it.each([
  ['http', startHttpFaultServer],
  ['http, path /sse', () => startSseFaultServer({ path: '/sse' })],
  ['ws', startWebSocketFaultServer],
])('mcpplugins verify looks at a server by its address: %s', async (_, start) => {
  await using server = await start();
  await using cli = new RunningCli('verify', '--plugin', 'guard', server.url);
  // The server behaves well, except that it takes any name for that of its plugin.
  expect(await cli.exitCode()).toBe(1);
  expect(cli.stdout).toContain('(guard; dialect: invoke_hook)');
});
