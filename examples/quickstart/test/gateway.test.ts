import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from './support/inspect.js';
import { root, serverCommand } from './support/paths.js';

const require = createRequire(import.meta.url);
const server = (name: string, ...args: readonly string[]) => ({
  command: process.execPath,
  args: [require.resolve(`@modelcontextprotocol/server-${name}/dist/index.js`), ...args],
});

let folder: string;
let gateway: ChildProcess;
let origin = '';

beforeAll(async () => {
  // Below this folder, from which the plugins are found.
  folder = await mkdtemp(path.join(import.meta.dirname, '..', '.gateway-'));
  await writeFile(path.join(folder, 'note.txt'), 'SSN 123-45-6789');
  const config = {
    plugins: [{ name: 'pii', kind: '@mcpplugins/plugin-pii-filter' }],
    servers: {
      everything: server('everything'),
      files: server('filesystem', folder),
      memory: server('memory'),
    },
    gateway: { port: 0 },
  };
  await writeFile(path.join(folder, 'gateway.json'), JSON.stringify(config));
  gateway = spawn(
    process.execPath,
    [path.join(root, 'packages/cli/bin/mcpplugins.js'), 'gateway', '-c', path.join(folder, 'gateway.json')],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  for await (const chunk of gateway.stderr ?? []) {
    said += String(chunk);
    origin = /(http:\/\/[^\s/]+)\/mcp\n/.exec(said)?.[1] ?? '';
    if (origin !== '') break;
  }
});

afterAll(async () => {
  gateway.kill('SIGTERM');
  if (gateway.exitCode === null) await once(gateway, 'exit');
  await rm(folder, { recursive: true });
});

const ask = (at: string, ...args: readonly string[]) =>
  inspect(`${origin}${at}`, '--transport', 'http', ...args);

describe('the MCP Inspector, over HTTP', () => {
  it('lists of one server what it lists directly, and has its calls guarded', async () => {
    const list = ['--method', 'tools/list'];
    const [direct, guarded] = await Promise.all([
      inspect(...serverCommand, ...list),
      ask('/servers/everything/mcp', ...list),
    ]);
    expect(guarded.stdout).toBe(direct.stdout);
    const echo = ['--method', 'tools/call', '--tool-name', 'echo', '--tool-arg', 'message=SSN 123-45-6789'];
    expect((await ask('/servers/everything/mcp', ...echo)).stdout).toContain('Echo: SSN XXX-XX-6789');
  });

  it('uses three servers as one', async () => {
    const { stdout } = await ask('/mcp', '--method', 'tools/list');
    for (const name of ['everything__echo', 'files__read_text_file', 'memory__read_graph'])
      expect(stdout).toContain(`"name": "${name}"`);
    const file = `path=${path.join(folder, 'note.txt')}`;
    const read = ['--method', 'tools/call', '--tool-name', 'files__read_text_file', '--tool-arg', file];
    expect((await ask('/mcp', ...read)).stdout).toContain('SSN XXX-XX-6789');
    const prompt = [
      '--method',
      'prompts/get',
      '--prompt-name',
      'everything__args-prompt',
      '--prompt-args',
      'city=Oslo',
    ];
    expect((await ask('/mcp', ...prompt)).stdout).toContain('Oslo');
  });
});
