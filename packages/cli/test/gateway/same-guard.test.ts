import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, it } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';
import { bin, fixtures, RunningCli } from '../support/run-process.js';

const server = ['node', path.join(fixtures, 'raw-server.mjs'), 'mcp', '-'] as const;
const [command, ...args] = server;
const guard = `
import { block, definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
export default definePlugin({
  name: 'guard',
  settings: z.strictObject({}),
  hooks: () => ({
    tool_pre_invoke: ({ name, args }, { serverId }) =>
      JSON.stringify(args).includes('forbidden')
        ? block({ code: 'WORD', reason: name + ' of ' + serverId })
        : undefined,
  }),
});
`;
const config = JSON.stringify({
  plugins: [
    { name: 'here', kind: './guard.js', conditions: [{ server_ids: ['one'], tools: ['echo'] }] },
    { name: 'elsewhere', kind: './guard.js', priority: 1, conditions: [{ server_ids: ['two'] }] },
  ],
  servers: { one: { command, args }, two: { command, args } },
  gateway: { port: 0 },
});

/** What a call and one that the guard refuses are answered with. */
async function answers(transport: Transport, name: string): Promise<unknown> {
  const client = new Client({ name: 't', version: '1' });
  await client.connect(transport);
  const fine = await client.callTool({ name, arguments: { message: 'fine' } });
  const refused = await client.callTool({ name, arguments: { message: 'forbidden' } });
  await client.close();
  return { fine, refused };
}

/** What was decided, without what differs from call to call. */
function decided(file: string): unknown {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const {
      server: of,
      target,
      plugin,
      hook,
      mode,
      status,
      verdict,
      reason,
      code,
    } = JSON.parse(line) as Record<string, unknown>;
    return { server: of, target, plugin, hook, mode, status, verdict, reason, code };
  });
}

it('a guard means the same under run, for one server of a gateway, and for all of them as one', async () => {
  const { folder } = cliFolder({ 'guard.js': guard, 'g.json': config });
  const file = path.join(folder, 'g.json');
  const log = (name: string): string => path.join(folder, name);

  const words = ['run', '-c', file, '--name', 'one', '--decisions', log('run'), '--', ...server];
  const run = new StdioClientTransport({
    command: process.execPath,
    args: [bin, ...words],
    stderr: 'ignore',
  });
  const underRun = await answers(run, 'echo');

  const behindGateway = async (address: string, name: string): Promise<unknown> => {
    await using cli = new RunningCli('gateway', '-c', file, '--decisions', log(name));
    await cli.said('guarding with');
    const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)\/mcp\n/.exec(cli.stderr) ?? [];
    const found = await answers(new StreamableHTTPClientTransport(new URL(`${origin}${address}`)), name);
    cli.child.kill('SIGTERM');
    expect(await cli.exitCode()).toBe(0);
    return found;
  };

  expect(underRun).toMatchObject({
    refused: {
      isError: true,
      _meta: { 'mcpplugins.dev/violation': { code: 'WORD', reason: 'echo of one' } },
    },
  });
  expect(await behindGateway('/servers/one/mcp', 'echo')).toEqual(underRun);
  expect(await behindGateway('/mcp', 'one__echo')).toEqual(underRun);
  expect(decided(log('run'))).toContainEqual(
    expect.objectContaining({ server: 'one', target: 'echo', plugin: 'here', status: 'ran', code: 'WORD' }),
  );
  expect(decided(log('run'))).toContainEqual(
    expect.objectContaining({ plugin: 'elsewhere', status: 'skipped' }),
  );
  expect(decided(log('echo'))).toEqual(decided(log('run')));
  expect(decided(log('one__echo'))).toEqual(decided(log('run')));
});
