import { describe, expect, it } from 'vitest';
import { RunningCli } from '../support/run-process.js';

async function run(...words: readonly string[]) {
  await using cli = new RunningCli('verify', ...words);
  return { exitCode: await cli.exitCode(), stdout: cli.stdout, stderr: cli.stderr };
}

const served = [
  '--',
  'node',
  '../../bin/mcpplugins.js',
  'serve',
  '-c',
  'served.yaml',
  '--log-level',
  'silent',
];

describe('mcpplugins verify', () => {
  it('finds nothing wrong with our own plugin server', async () => {
    const { exitCode, stdout } = await run(...served);
    expect(stdout).toMatch(/\d\d checks, 0 failed, 0 warnings \(served-guard; dialect: invoke_hook\)/);
    expect(exitCode).toBe(0);
  });

  it('prints JSON', async () => {
    const { stdout } = await run('--json', ...served);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, plugins: ['served-guard'] });
  });

  it.each([
    [['--', 'no-such-command-here'], 1, 'no-such-command-here'],
    [['--', 'node', 'raw-server.mjs'], 1, 'speaks the MCP revision'],
    [[], 2, 'nothing to verify'],
  ])('refuses %j', async (words, exitCode, message) => {
    const result = await run(...words);
    expect(result.stderr).toContain(message);
    expect(result.exitCode).toBe(exitCode);
  });
});
