import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { fixtures } from '../support/run-process.js';
import { recordingTerminal } from '../support/recording-terminal.js';

async function plan(...words: readonly string[]) {
  const terminal = recordingTerminal({ cwd: fixtures });
  const exitCode = await runCli(['plan', ...words], terminal);
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

describe('mcpplugins plan', () => {
  it('shows the order of each hook, and why a plugin does not run', async () => {
    const { exitCode, stdout } = await plan('other', '-c', 'good.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'What runs around the tool other',
        '',
        'tool_pre_invoke',
        '  1.  first   enforce     priority 10   runs',
        '  -   second  permissive  priority 20   does not run: its conditions do not match',
        '  -   off     disabled    priority 100  does not run: disabled (mode: disabled)',
        '',
        'tool_post_invoke',
        '  1.  first  enforce   priority 10   runs',
        '  -   off    disabled  priority 100  does not run: disabled (mode: disabled)',
        '',
      ].join('\n'),
    );
  });

  it('follows conditions on the name of the tool', async () => {
    const { stdout } = await plan('echo', '-c', 'good.yaml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'tool',
      target: 'echo',
      hooks: [
        {
          hook: 'tool_pre_invoke',
          steps: [{ plugin: 'first', runs: true }, { plugin: 'second', runs: true }, { runs: false }],
        },
        { hook: 'tool_post_invoke' },
      ],
    });
  });

  it('says so when nothing guards an operation', async () => {
    expect((await plan('review', '--prompt', '-c', 'good.yaml')).stdout).toContain(
      'Nothing guards the prompt review',
    );
  });

  it('runs no handler and initialises nothing', async () => {
    const { exitCode, stdout } = await plan('x', '-c', 'unreachable.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/1\. {2}policy +enforce +priority 100 +runs/);
  });

  it('compares server_ids with --name', async () => {
    expect((await plan('x', '-c', 'by-server.yaml', '--name', 'files')).stdout).toMatch(/1\. {2}guard/);
    expect((await plan('x', '-c', 'by-server.yaml', '--name', 'other')).stdout).toContain('do not match');
  });

  it('needs a configuration', async () => {
    const { exitCode, stderr } = await plan('x');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('CONFIG_NOT_GIVEN');
    expect(stderr).toContain('-c FILE');
  });
});
