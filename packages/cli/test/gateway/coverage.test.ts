import { describe, expect, it } from 'vitest';
import path from 'node:path';
import { runCli } from '../../src/run-cli.js';
import { cliFolder } from '../support/cli-folder.js';
import { recordingTerminal } from '../support/recording-terminal.js';
import { fixtures, RunningCli } from '../support/run-process.js';

const guard = `
import { definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({ name: 'guard', hooks: () => ({ tool_pre_invoke: () => { throw new Error('called'); } }) });
`;
const server = { command: 'node', args: [path.join(fixtures, 'raw-server.mjs'), 'mcp', '-'] };

function folderWith(conditions: readonly object[], servers: object = { one: server }): string {
  const plugins = [{ name: 'guard', kind: './guard.js', conditions }];
  const config = JSON.stringify({ plugins, servers, gateway: { port: 0 } });
  return cliFolder({ 'guard.js': guard, 'g.json': config }).folder;
}

async function check(folder: string, ...words: readonly string[]) {
  const terminal = recordingTerminal({ cwd: folder });
  const exitCode = await runCli(['gateway', '-c', 'g.json', '--check', ...words], terminal);
  return { exitCode, text: terminal.stdout.text };
}

describe('mcpplugins gateway --check', () => {
  it('says who guards which tool of which server, and what nothing guards', async () => {
    const { exitCode, text } = await check(folderWith([{ tools: ['echo'] }]));
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^one +tools\/call echo +tool_pre_invoke +guard \(enforce\)$/m);
    expect(text).toMatch(/^one +tools\/call read_file +tool_pre_invoke +unguarded$/m);
  });

  it('ends with 1 when a plugin can never match, and says what there is', async () => {
    const folder = folderWith([{ tools: ['ehco'] }]);
    const { exitCode, text } = await check(folder);
    expect(exitCode).toBe(1);
    expect(text).toContain(
      'plugin "guard" never runs: its conditions match nothing of "one" (echo, read_file',
    );
    expect((await check(folder, '--allow-idle')).exitCode).toBe(0);
  });

  it('ends with 1 when a server cannot be asked, and shows the others', async () => {
    const { exitCode, text } = await check(
      folderWith([], { one: server, gone: { command: 'no-such-server' } }),
    );
    expect(exitCode).toBe(1);
    expect(text).toMatch(/server "gone" cannot be asked what it has: /);
    expect(text).toMatch(/^one +tools\/call echo +tool_pre_invoke +guard \(enforce\)$/m);
  });
});

describe('mcpplugins gateway', () => {
  it('does not start with a plugin around HTTP requests to servers when no server is reached so', async () => {
    const headers = `
      import { definePlugin } from '@mcpplugins/framework-core';
      export default definePlugin({ name: 'headers', hooks: () => ({ http_pre_forwarding_call: () => undefined }) });
    `;
    const folderOf = (servers: object, hooks?: readonly string[]): string => {
      const plugins = [{ name: 'headers', kind: './headers.js', ...(hooks && { hooks }) }];
      const config = JSON.stringify({ plugins, servers, gateway: { port: 0 } });
      return cliFolder({ 'headers.js': headers, 'g.json': config }).folder;
    };
    for (const hooks of [undefined, ['http_pre_forwarding_call']]) {
      const terminal = recordingTerminal({ cwd: folderOf({ one: server }, hooks) });
      expect(await runCli(['gateway', '-c', 'g.json'], terminal)).toBe(1);
      expect(terminal.stderr.text).toContain(
        'CONDITION_NEVER_MATCHES: plugin "headers" never runs: none of "one" is reached over HTTP',
      );
    }
    const { exitCode, text } = await check(folderOf({ one: server }));
    expect([exitCode, text]).toEqual([
      1,
      expect.stringContaining('plugin "headers" never runs: none of "one" ('),
    ]);
    const folder = folderOf({ one: server, two: { url: 'http://127.0.0.1:1/mcp' } });
    await using cli = new RunningCli('gateway', '-c', path.join(folder, 'g.json'));
    await cli.said('guarding with headers');
  });

  it('does not start with a plugin whose conditions match no server, unless that is allowed', async () => {
    const folder = folderWith([{ server_ids: ['oen'] }]);
    const terminal = recordingTerminal({ cwd: folder });
    expect(await runCli(['gateway', '-c', 'g.json'], terminal)).toBe(1);
    expect(terminal.stderr.text).toContain(
      'CONDITION_NEVER_MATCHES: plugin "guard" never runs: its conditions match nothing of "one"',
    );
    await using cli = new RunningCli('gateway', '-c', path.join(folder, 'g.json'), '--allow-idle');
    await cli.said('plugin "guard" never runs');
    await cli.said('/mcp\n');
  });
});
