import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { cliFolder } from '../support/cli-folder.js';
import { recordingTerminal } from '../support/recording-terminal.js';

const headers = `
import { definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({
  name: 'headers',
  hooks: () => ({ http_pre_forwarding_call: () => undefined, tool_pre_invoke: () => undefined }),
});
`;
const hooks = ['http_pre_forwarding_call', 'tool_pre_invoke'];
const servers = { search: { url: 'http://127.0.0.1:1/mcp' } };

/** What a command says of a configuration with one plugin. */
async function run(words: readonly string[], plugin: object, more: object) {
  const plugins = [{ name: 'headers', kind: './headers.js', ...plugin }];
  const { folder } = cliFolder({ 'headers.js': headers, 'c.json': JSON.stringify({ plugins, ...more }) });
  const terminal = recordingTerminal({ cwd: folder });
  const exitCode = await runCli([...words, '-c', 'c.json'], terminal);
  return { exitCode, text: terminal.stdout.text + terminal.stderr.text };
}

describe.each([[['plan', 'x']], [['explain', 'x']], [['doctor']]])('mcpplugins %s', (words) => {
  it('takes a configuration with servers for one of a gateway', async () => {
    const { exitCode, text } = await run(words, { hooks }, { servers });
    expect([exitCode, text]).toEqual([0, expect.stringMatching(/headers +\S?enforce/)]);
    expect(text).not.toContain('KEY_IGNORED');
  });

  it('takes one without for one of run, which calls fewer hooks', async () => {
    const { exitCode, text } = await run(words, { hooks }, {});
    expect(exitCode).not.toBe(0);
    expect(text).toContain('HOOK_NOT_FIRED');
  });

  it('knows that only a gateway with auth knows who is asking', async () => {
    const plugin = { hooks, conditions: [{ user_patterns: ['ada@.*'] }] };
    expect((await run(words, plugin, { servers })).text).toContain('IDENTITY_NOT_SUPPLIED');
    const auth = { keys: [{ name: 'ci', hash: `sha256:${'0'.repeat(64)}` }] };
    expect((await run(words, plugin, { servers, gateway: { auth } })).exitCode).toBe(0);
  });
});
