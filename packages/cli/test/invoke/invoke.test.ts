import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { fixtures } from '../support/run-process.js';
import { recordingTerminal } from '../support/recording-terminal.js';

describe('mcpplugins invoke', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'invoke-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function invoke(hook: string, payload: unknown, ...words: readonly string[]) {
    const file = path.join(folder, 'payload.json');
    await writeFile(file, JSON.stringify(payload));
    const terminal = recordingTerminal({ cwd: fixtures });
    const exitCode = await runCli(['invoke', hook, '--payload', file, ...words], terminal);
    return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
  }

  it('prints the payload as it would go on, and what each plugin decided', async () => {
    const { exitCode, stdout } = await invoke(
      'tool_pre_invoke',
      { name: 'echo', args: { message: 'a secret' } },
      '-c',
      'run.yaml',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('tool_pre_invoke: goes on');
    expect(stdout).toMatch(/guard +enforce +ran +modify +changes \/args\/message/);
    expect(stdout).toContain('"message": "a ******"');
  });

  it('prints a refusal', async () => {
    const payload = { name: 'echo', args: { message: 'forbidden' } };
    const { stdout } = await invoke('tool_pre_invoke', payload, '-c', 'run.yaml');
    expect(stdout).toContain('blocked by guard: The message has a word that it may not have (WORD)');
    const { stdout: json } = await invoke('tool_pre_invoke', payload, '-c', 'run.yaml', '--json');
    expect(JSON.parse(json)).toMatchObject({
      continueProcessing: false,
      violation: { code: 'WORD' },
      isChanged: false,
    });
  });

  it('compares conditions with who is asking', async () => {
    const payload = { name: 'echo', args: { message: 'forbidden' } };
    const asking = async (...words: readonly string[]) => {
      const { stdout } = await invoke('tool_pre_invoke', payload, '-c', 'by-user.yaml', '--json', ...words);
      return (JSON.parse(stdout) as { readonly continueProcessing: boolean }).continueProcessing;
    };
    expect(await asking('--user', 'ada@example.com')).toBe(false);
    expect(await asking('--user', 'eve@example.org')).toBe(true);
  });

  it('names the nearest hook for one that does not exist', async () => {
    const { exitCode, stderr } = await invoke('tool_pre_invok', {}, '-c', 'run.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "tool_pre_invoke"?');
  });

  it('says what is wrong with a payload', async () => {
    const { exitCode, stderr } = await invoke('tool_pre_invoke', { args: {} }, '-c', 'run.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('this is no payload of tool_pre_invoke: name: ');
  });
});
