import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawServer, RunningCli } from '../support/run-process.js';

describe('mcpplugins run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'run-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('masks and blocks what passes, with nothing but the protocol on stdout', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'a secret');
    cli.callEcho(2, 'forbidden');
    expect(JSON.stringify(await cli.answer(1))).toContain('a ******');
    expect(await cli.answer(2)).toMatchObject({
      result: { isError: true, _meta: { 'mcpplugins.dev/violation': { code: 'WORD', plugin: 'guard' } } },
    });
    cli.child.stdin.end();
    expect(await cli.exitCode()).toBe(0);
    expect(cli.messages).toHaveLength(2);
    expect(cli.stderr).toContain('guarding node raw-server.mjs with guard (enforce)');
  });

  it.each([
    ['after --', ['--']],
    ['without --', []],
  ])('leaves every word after the command to the server, %s', async (_what, separator) => {
    const words = ['run', '-c', 'run.yaml', ...separator, ...rawServer, 'serve', '-'];
    await using cli = new RunningCli(...words, '--help', '-c', 'other.yaml', '--', '--version');
    cli.send({ id: 1, method: 'args' });
    expect(await cli.answer(1)).toMatchObject({
      result: { args: ['--help', '-c', 'other.yaml', '--', '--version'] },
    });
  });

  it('says the usage when there is no command', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml');
    expect(await cli.exitCode()).toBe(2);
    expect(cli.stderr).toContain('COMMAND_MISSING');
    expect(cli.stderr).toContain('mcpplugins run -c FILE [options] [--] COMMAND…');
    expect(cli.stdout).toBe('');
  });

  it.each([
    ['a missing file', 'nowhere.yaml', 'nowhere.yaml error FILE_NOT_FOUND'],
    ['an unknown key', 'broken/unknown-key.yaml', 'broken/unknown-key.yaml:4:5 error KEY_UNKNOWN'],
    ['a package that is not installed', 'broken/not-installed.yaml', 'npm install @acme/guard'],
    ['a plugin that throws when it is loaded', 'broken/throws.yaml', 'the model file is missing'],
    ['a hook that the plugin does not have', 'broken/not-implemented.yaml', 'HOOK_NOT_IMPLEMENTED'],
    ['a condition on a server name that is not given', 'by-server.yaml', 'IDENTITY_NOT_SUPPLIED'],
  ])('starts nothing with %s', async (_what, config, message) => {
    const marker = path.join(folder, 'started');
    await using cli = new RunningCli('run', '-c', config, '--', ...rawServer, 'serve', marker);
    expect(await cli.exitCode()).toBe(2);
    expect(cli.stderr).toContain(message);
    expect(cli.stdout).toBe('');
    expect(existsSync(marker)).toBe(false);
  });

  it('starts nothing when an enforce plugin cannot be initialised', async () => {
    const marker = path.join(folder, 'started');
    await using cli = new RunningCli('run', '-c', 'unreachable.yaml', '--', ...rawServer, 'serve', marker);
    expect(await cli.exitCode()).toBe(1);
    expect(cli.stderr).toContain('the policy service cannot be reached');
    expect(existsSync(marker)).toBe(false);
  });

  it('compares server_ids with --name', async () => {
    await using cli = new RunningCli(
      'run',
      '-c',
      'by-server.yaml',
      '--name',
      'files',
      '--',
      ...rawServer,
      'serve',
      '-',
    );
    cli.callEcho(1, 'forbidden');
    expect(await cli.answer(1)).toMatchObject({ result: { isError: true } });
  });

  it('says what could not be started', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', 'no-such-server-anywhere');
    expect(await cli.exitCode()).toBe(1);
    expect(cli.stderr).toContain('UPSTREAM_START_FAILED');
    expect(cli.stderr).toContain('no-such-server-anywhere');
    expect(cli.stdout).toBe('');
  });

  it('repeats the last words of a server that ends at once, and ends with 1', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', ...rawServer, 'exit', '-');
    expect(await cli.exitCode()).toBe(1);
    expect(cli.stderr).toContain('exit code 3');
    expect(cli.stderr).toContain('no database');
  });

  it('answers what is under way when the server dies', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', ...rawServer, 'serve', '-');
    cli.send({ id: 1, method: 'hold' });
    cli.send({ id: 2, method: 'die' });
    expect(await cli.answer(1)).toHaveProperty('error');
    expect(await cli.answer(2)).toHaveProperty('error');
    expect(await cli.exitCode()).toBe(1);
  });

  it('drops garbage of the server and says so', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', ...rawServer, 'garbage', '-');
    cli.callEcho(1, 'hello');
    expect(await cli.answer(1)).toHaveProperty('result');
    expect(cli.messages).toHaveLength(1);
    await cli.said('not JSON');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s when idle', async (signal) => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'hello');
    await cli.answer(1);
    cli.child.kill(signal);
    expect(await cli.exitCode()).toBe(0);
  });

  it('still answers what is under way after SIGTERM', async () => {
    await using cli = new RunningCli('run', '-c', 'drain.yaml', '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'wait');
    await cli.said('waiting for SIGTERM');
    cli.child.kill('SIGTERM');
    expect(await cli.exitCode()).toBe(0);
    expect(cli.messages).toMatchObject([{ id: 1, result: { content: [{ type: 'text' }] } }]);
  });

  it('P20: logs a rejection that a plugin left unhandled, and goes on', async () => {
    await using cli = new RunningCli('run', '-c', 'misbehaving.yaml', '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'reject');
    await cli.said('nobody awaits this');
    cli.callEcho(2, 'hello');
    expect(await cli.answer(2)).toHaveProperty('result');
  });

  it('P21: logs what a plugin throws outside of its handler, and ends with 1', async () => {
    await using cli = new RunningCli('run', '-c', 'misbehaving.yaml', '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'throw');
    expect(await cli.exitCode()).toBe(1);
    expect(cli.stderr).toContain('thrown outside of the handler');
  });

  it('sends what a plugin writes to the console to stderr', async () => {
    await using cli = new RunningCli('run', '-c', 'misbehaving.yaml', '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'log');
    await cli.answer(1);
    expect(cli.messages).toHaveLength(1);
    await cli.said('a plugin logs to the console');
  });

  it('appends decisions to a file, without values', async () => {
    const file = path.join(folder, 'decisions.jsonl');
    const words = [
      'run',
      '-c',
      'run.yaml',
      '--name',
      'files',
      '--decisions',
      file,
      '--',
      ...rawServer,
      'serve',
      '-',
    ];
    await using cli = new RunningCli(...words);
    cli.callEcho(1, 'a secret');
    await cli.answer(1);
    cli.child.stdin.end();
    expect(await cli.exitCode()).toBe(0);
    const text = await readFile(file, 'utf8');
    const decisions = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(decisions).toMatchObject([
      {
        server: 'files',
        plugin: 'guard',
        hook: 'tool_pre_invoke',
        target: 'echo',
        verdict: 'modify',
        changed_paths: ['/args/message'],
      },
      { server: 'files', plugin: 'guard', hook: 'tool_post_invoke', verdict: 'proceed', changed_paths: [] },
    ]);
    expect(text).not.toContain('secret');
  });

  it('refuses a file of decisions that it cannot write, before anything starts', async () => {
    const file = path.join(folder, 'no-such-folder', 'decisions.jsonl');
    await using cli = new RunningCli(
      'run',
      '-c',
      'run.yaml',
      '--decisions',
      file,
      '--',
      ...rawServer,
      'serve',
      '-',
    );
    expect(await cli.exitCode()).toBe(2);
    expect(cli.stderr).toContain('DECISIONS_FILE_UNWRITABLE');
  });

  it('writes no colour where there is no terminal', async () => {
    await using cli = new RunningCli(
      'run',
      '-c',
      'broken/unknown-key.yaml',
      '--',
      ...rawServer,
      'serve',
      '-',
    );
    await cli.exitCode();
    expect(cli.stderr).not.toContain('\u001b');
  });
});
