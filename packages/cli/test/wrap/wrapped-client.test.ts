import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, it } from 'vitest';
import { fixtures } from '../support/run-process.js';
import { cliFolder } from '../support/cli-folder.js';

interface Entry {
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

const require = createRequire(import.meta.url);
const everything = path.join(
  path.dirname(require.resolve('@modelcontextprotocol/server-everything/package.json')),
  'dist/index.js',
);

/** Starts the server of a client's file as a client on the desktop does: from another folder, without the PATH of a shell. */
async function connect(file: string, cwd: string) {
  const { mcpServers } = JSON.parse(readFileSync(file, 'utf8')) as { mcpServers: { files: Entry } };
  const { command, args, env } = mcpServers.files;
  const client = new Client({ name: 'desktop', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({ command, args, cwd, env: { ...env, PATH: '' }, stderr: 'ignore' }),
  );
  return {
    client,
    call: async (name: string, values: Record<string, unknown> = {}) =>
      JSON.stringify(await client.callTool({ name, arguments: values })),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

it('starts the server of a wrapped entry behind the guard, with the same tools, env and arguments', async () => {
  const entry = { command: process.execPath, args: [everything, 'stdio'], env: { GREETING: 'hello there' } };
  const { folder, run } = cliFolder({ 'client.json': JSON.stringify({ mcpServers: { files: entry } }) });
  const file = path.join(folder, 'client.json');
  const namesOf = async ({ client }: { readonly client: Client }) =>
    (await client.listTools()).tools.map(({ name }) => name);
  await using direct = await connect(file, folder);
  expect(await direct.call('echo', { message: 'a secret' })).toContain('a secret');

  // Its guard runs only for a server of this name.
  const config = path.join(fixtures, 'by-server.yaml');
  expect((await run(['wrap', '-c', config, '--file', 'client.json', '--write'])).exitCode).toBe(0);
  await using guarded = await connect(file, folder);
  expect(await namesOf(guarded)).toEqual(await namesOf(direct));
  expect(await guarded.call('echo', { message: 'a secret' })).toContain('a ******');
  expect(await guarded.call('echo', { message: 'forbidden' })).toContain('"code":"WORD"');
  expect(await guarded.call('get-env')).toContain('hello there');
});
