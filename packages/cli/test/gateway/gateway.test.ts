import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';
import { fixtures, RunningCli } from '../support/run-process.js';

const rawServer = path.join(fixtures, 'raw-server.mjs');
const guard = `
import { block, definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
export default definePlugin({
  name: 'guard',
  settings: z.strictObject({ word: z.string() }),
  hooks: ({ settings }) => ({
    tool_pre_invoke: ({ args }) =>
      JSON.stringify(args).includes(settings.word) ? block({ code: 'WORD', reason: 'a word' }) : undefined,
  }),
});
`;
const registrar = `
import { block, definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({
  name: 'registrar',
  hooks: () => ({
    server_pre_register: ({ info }) =>
      info.env?.LEVEL === 'open' ? block({ code: 'LEVEL', reason: 'it is open' }) : undefined,
  }),
});
`;
const server = { command: 'node', args: [rawServer, 'mcp', '-'] };
const config = (word: string, gateway: object = {}, more: object = {}): string =>
  JSON.stringify({
    plugins: [{ name: 'guard', kind: './guard.js', config: { word } }],
    servers: { one: server },
    gateway: { port: 0, ...gateway },
    ...more,
  });

/** Starts the gateway on these files and waits for its address. */
async function start(files: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const { folder } = cliFolder({ 'guard.js': guard, ...files });
  const cli = new RunningCli('gateway', '-c', path.join(folder, 'g.json'), ...words);
  await cli.said('/mcp\n');
  await cli.said('guarding with');
  const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)\/mcp\n/.exec(cli.stderr) ?? [];
  return { cli, folder, origin: String(origin) };
}

async function connect(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Client> {
  const client = new Client({ name: 't', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

const call = (client: Client, name: string, message: string) =>
  client.callTool({ name, arguments: { message } });

describe('mcpplugins gateway', () => {
  it('serves each server and all as one, guards both, and ends with 0 on SIGTERM', async () => {
    const two = config('forbidden', {}, { servers: { one: server, two: server } });
    const { cli, origin } = await start({ 'g.json': two });
    await using _cli = cli;
    const one = await connect(`${origin}/servers/one/mcp`);
    expect((await one.listTools()).tools.map(({ name }) => name)).toEqual(['echo', 'read_file']);
    expect(await call(one, 'echo', 'forbidden')).toMatchObject({ isError: true });
    const all = await connect(`${origin}/mcp`);
    expect((await all.listTools()).tools.map(({ name }) => name)).toEqual([
      'one__echo',
      'one__read_file',
      'two__echo',
      'two__read_file',
    ]);
    expect(await call(all, 'two__echo', 'forbidden')).toMatchObject({ isError: true });
    expect(await call(all, 'two__echo', 'fine')).not.toHaveProperty('isError');
    cli.child.kill('SIGTERM');
    expect(await cli.exitCode()).toBe(0);
    expect(cli.stdout).toBe('');
  });

  it('serves the servers of a client, and writes decisions', async () => {
    const client = JSON.stringify({ mcpServers: { two: server } });
    const { folder } = cliFolder({ 'mcp.json': client });
    const decisions = path.join(folder, 'decisions.jsonl');
    const { cli, origin } = await start(
      { 'g.json': config('forbidden') },
      '--servers',
      path.join(folder, 'mcp.json'),
      '--decisions',
      decisions,
    );
    await using _cli = cli;
    const two = await connect(`${origin}/servers/two/mcp`);
    await call(two, 'echo', 'forbidden');
    await two.close();
    cli.child.kill('SIGTERM');
    expect(await cli.exitCode()).toBe(0);
    expect(readFileSync(decisions, 'utf8')).toContain('"code":"WORD"');
  });

  it('takes over a changed configuration without losing a session', async () => {
    const { cli, folder, origin } = await start({ 'g.json': config('before') });
    await using _cli = cli;
    const client = await connect(`${origin}/mcp`);
    expect(await call(client, 'echo', 'after')).not.toHaveProperty('isError');
    writeFileSync(path.join(folder, 'g.json'), config('after'));
    await cli.said('the changed configuration is in effect');
    expect(await call(client, 'echo', 'after')).toMatchObject({ isError: true });
    writeFileSync(path.join(folder, 'g.json'), '{');
    await cli.said('the last good one stays in effect');
    expect(await call(client, 'echo', 'after')).toMatchObject({ isError: true });
  });

  it('serves servers that are added, and no longer those that are gone, without losing other sessions', async () => {
    const { cli, folder, origin } = await start({
      'g.json': config('x', {}, { servers: { one: server, two: server } }),
    });
    await using _cli = cli;
    const one = await connect(`${origin}/servers/one/mcp`);
    const two = await connect(`${origin}/servers/two/mcp`);
    writeFileSync(path.join(folder, 'g.json'), config('x', {}, { servers: { one: server, three: server } }));
    await cli.said('the servers changed');
    expect(await call(one, 'echo', 'still')).not.toHaveProperty('isError');
    await expect(call(two, 'echo', 'gone')).rejects.toThrow();
    const three = await connect(`${origin}/servers/three/mcp`);
    expect(await call(three, 'echo', 'new')).not.toHaveProperty('isError');
    const all = await connect(`${origin}/mcp`);
    const names = (await all.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual(['one__echo', 'one__read_file', 'three__echo', 'three__read_file']);
  });

  it.each([
    { what: 'no servers', more: { servers: {} }, says: 'there is nothing to guard' },
    {
      what: 'a guard that can run on none',
      more: {
        plugins: [
          { name: 'guard', kind: './guard.js', config: { word: 'x' }, conditions: [{ server_ids: ['two'] }] },
        ],
      },
      says: 'its conditions match nothing of "one"',
    },
  ])('takes over nothing of a configuration with $what', async ({ more, says }) => {
    const { cli, folder, origin } = await start({ 'g.json': config('before') });
    await using _cli = cli;
    const client = await connect(`${origin}/mcp`);
    writeFileSync(path.join(folder, 'g.json'), config('after', {}, more));
    await cli.said('the last good one stays in effect');
    expect(cli.stderr).toContain(says);
    expect(await call(client, 'echo', 'before')).toMatchObject({ isError: true });
    expect(await call(client, 'echo', 'after')).not.toHaveProperty('isError');
  });

  it('leaves servers out that a plugin blocks, at the start and later', async () => {
    const plugins = [
      { name: 'guard', kind: './guard.js', config: { word: 'x' } },
      { name: 'registrar', kind: './registrar.js' },
    ];
    const open = { ...server, env: { LEVEL: 'open' } };
    const { cli, folder, origin } = await start({
      'registrar.js': registrar,
      'g.json': config('x', {}, { plugins, servers: { one: server, two: open } }),
    });
    await using _cli = cli;
    expect(cli.stderr).toContain('server "two" is not served: it is open');
    expect(cli.stderr).not.toContain('/servers/two/mcp');
    const statusOf = async (name: string): Promise<number> =>
      (await fetch(`${origin}/servers/${name}/mcp`, { method: 'DELETE' })).status;
    expect([await statusOf('one'), await statusOf('two')]).toEqual([400, 404]);
    writeFileSync(
      path.join(folder, 'g.json'),
      config('x', {}, { plugins, servers: { one: server, two: server, three: open } }),
    );
    await cli.said('server "three" is not served: it is open');
    await cli.said('the changed configuration is in effect');
    expect([await statusOf('one'), await statusOf('two'), await statusOf('three')]).toEqual([400, 400, 404]);
    expect(await (await fetch(`${origin}/ready`)).json()).toMatchObject({
      servers: { one: { state: 'unknown' }, two: { state: 'unknown' } },
      blocked: [{ server: 'three', plugin: 'registrar', code: 'LEVEL' }],
    });
  });

  it('does not start when a plugin blocks every server', async () => {
    const { folder } = cliFolder({
      'registrar.js': registrar,
      'g.json': config(
        'x',
        {},
        {
          plugins: [{ name: 'registrar', kind: './registrar.js' }],
          servers: { one: { ...server, env: { LEVEL: 'open' } } },
        },
      ),
    });
    await using cli = new RunningCli('gateway', '-c', path.join(folder, 'g.json'));
    expect(await cli.exitCode()).toBe(2);
    expect(cli.stderr).toContain('every server is blocked: "one" by "registrar" (it is open)');
  });

  it('lets in who has a key that `mcpplugins key` made, and nobody else', async () => {
    const { run } = cliFolder({}, []);
    const { key, hash } = JSON.parse((await run(['key', '--json'])).stdout) as { key: string; hash: string };
    const { cli, origin } = await start({
      'g.json': config('x', { auth: { keys: [{ name: 'ann', hash }] } }),
    });
    await using _cli = cli;
    await expect(connect(`${origin}/mcp`)).rejects.toThrow();
    await expect(connect(`${origin}/mcp`, { authorization: `Bearer ${key}x` })).rejects.toThrow();
    const client = await connect(`${origin}/mcp`, { authorization: `Bearer ${key}` });
    expect((await client.listTools()).tools).toHaveLength(2);
    expect(cli.stderr).not.toContain(key);
  });

  it.each([
    ['beyond this machine without auth', config('x', { host: '0.0.0.0' }), 'AUTH_REQUIRED', 2],
    ['without servers', config('x', {}, { servers: {} }), 'SERVERS_MISSING', 2],
    ['with a key that it does not know', config('x', { prot: 1 }), 'g.json:1:', 2],
    [
      'with a server that has neither command nor url',
      config('x', {}, { servers: { a: {} } }),
      'needs a `command`',
      2,
    ],
    [
      'with a condition on users, whom an open gateway does not know',
      config(
        'x',
        {},
        {
          plugins: [
            { name: 'g', kind: './guard.js', config: { word: 'x' }, conditions: [{ user_patterns: ['a'] }] },
          ],
        },
      ),
      'IDENTITY_NOT_SUPPLIED',
      2,
    ],
  ])('does not start %s', async (_what, text, said, exitCode) => {
    const { folder } = cliFolder({ 'guard.js': guard, 'g.json': text });
    await using cli = new RunningCli('gateway', '-c', path.join(folder, 'g.json'));
    expect(await cli.exitCode()).toBe(exitCode);
    expect(cli.stderr).toContain(said);
  });
});
