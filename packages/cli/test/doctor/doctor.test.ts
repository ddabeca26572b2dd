import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { fixtures, rawServer } from '../support/run-process.js';
import { recordingTerminal } from '../support/recording-terminal.js';

interface FindingJson {
  readonly severity: string;
  readonly code: string;
  readonly line: number;
  readonly message: string;
  readonly suggestion?: string;
}

async function doctor(...words: readonly string[]) {
  const terminal = recordingTerminal({ cwd: fixtures });
  const exitCode = await runCli(['doctor', ...words], terminal);
  return { exitCode, stdout: terminal.stdout.text };
}

async function findings(...words: readonly string[]): Promise<readonly FindingJson[]> {
  const { stdout } = await doctor('--json', ...words);
  return (JSON.parse(stdout) as { readonly findings: readonly FindingJson[] }).findings;
}

const server = ['--', ...rawServer, 'mcp', '-'];

describe('mcpplugins doctor', () => {
  it('finds nothing to say about a plain guard, and shows who runs where', async () => {
    const { exitCode, stdout } = await doctor('-c', 'run.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/tool_pre_invoke +guard \(enforce\)\n/);
    expect(stdout).toMatch(/prompt_pre_fetch +unguarded\n/);
    expect(stdout).toContain('The guard of run.yaml starts and runs\n');
  });

  it.each([
    ['PLUGIN_DISABLED', 4, 'off', /another mode/],
    ['GUARD_ONLY_WATCHES', 7, 'recorder', /mode: enforce/],
    ['ORDER_LEAKS', 8, 'careless (10), ignoring (20)', /higher `priority`/],
    ['GUARD_FAILS_OPEN', 11, 'on_error: ignore', /on_error: fail/],
    ['GUARD_FAILS_OPEN', 15, 'mode: enforce_ignore_error', /on_error: fail/],
    ['CONDITION_IGNORED', 20, '`prompts` constrains nothing', /add the hooks/],
    ['DEFAULT_USED', 1, 'MCPPLUGINS_TEST_WORD', /Set the variable/],
  ])('finds %s at line %d and names the fix', async (code, line, message, fix) => {
    const found = (await findings('-c', 'doubtful.yaml')).filter(
      (finding) => finding.code === code && finding.line === line,
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.suggestion).toMatch(fix);
  });

  it('ends with 0 on warnings, and with 1 when they count', async () => {
    expect((await doctor('-c', 'doubtful.yaml')).exitCode).toBe(0);
    expect((await doctor('-c', 'doubtful.yaml', '--strict')).exitCode).toBe(1);
  });

  it.each([
    ['a hook that the plugin does not have', 'broken/not-implemented.yaml', 'HOOK_NOT_IMPLEMENTED', 4],
    ['a plugin whose service cannot be reached', 'unreachable.yaml', 'PLUGIN_INITIALIZE_FAILED', 3],
    ['a variable that is not set', 'broken/unset-variable.yaml', 'VARIABLE_UNSET', 5],
    ['a mistake in the file', 'broken/unknown-key.yaml', 'KEY_UNKNOWN', 4],
    ['a condition on the server when it has no name', 'by-server.yaml', 'IDENTITY_NOT_SUPPLIED', 4],
  ])('ends with 1 on %s', async (_what, config, code, line) => {
    const { exitCode, stdout } = await doctor('-c', config, '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, findings: [{ severity: 'error', code, line }] });
  });

  it.skipIf(process.platform === 'win32')('warns of a file that others can change', async () => {
    const folder = await mkdtemp(path.join(fixtures, '.doctor-'));
    await copyFile(path.join(fixtures, 'empty.yaml'), path.join(folder, 'plugins.yaml'));
    await chmod(path.join(folder, 'plugins.yaml'), 0o666);
    const found = await findings('-c', path.join(folder, 'plugins.yaml'));
    await rm(folder, { recursive: true });
    expect(found.map(({ code }) => code)).toContain('FILE_WRITABLE_BY_OTHERS');
  });
});

describe('mcpplugins doctor, with a server', () => {
  it('finds conditions that match nothing of the server', async () => {
    const found = (await findings('-c', 'doubtful.yaml', ...server)).filter(
      ({ code }) => code === 'CONDITION_NEVER_MATCHES',
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      line: 24,
      message: expect.stringMatching(/elsewhere.*write_\*.*echo, read_file/) as string,
    });
  });

  it('names tools and prompts that nothing guards', async () => {
    const found = (await findings('-c', 'partly.yaml', ...server)).filter(({ code }) => code === 'UNGUARDED');
    expect(found.map(({ message }) => message)).toEqual([
      'nothing guards the tools read_file',
      'nothing guards the prompts review',
    ]);
  });

  it('finds names that shadow each other', async () => {
    const found = await findings('-c', 'run.yaml', '--', ...rawServer, 'shadow', '-');
    expect(found.filter(({ code }) => code === 'NAME_SHADOWED')).toHaveLength(1);
  });

  it('ends with 1 when the server cannot be used', async () => {
    expect((await doctor('-c', 'run.yaml', '--', ...rawServer, 'exit', '-')).exitCode).toBe(1);
  });
});
