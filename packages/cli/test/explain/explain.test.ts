import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { fixtures, rawServer } from '../support/run-process.js';
import { recordingTerminal } from '../support/recording-terminal.js';

async function explain(...words: readonly string[]) {
  const terminal = recordingTerminal({ cwd: fixtures });
  const exitCode = await runCli(['explain', ...words], terminal);
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

/** The table without times, cells joined by one blank. */
function rows(stdout: string): readonly string[] {
  const [, table = ''] = stdout.split('\n\n');
  return table.split('\n').map((row) =>
    row
      .trim()
      .replace(/ +[\d.]+ ms$/, '')
      .replaceAll(/ {2,}/g, ' | '),
  );
}

const secret = ['--args', '{"message":"a secret"}'];

describe('mcpplugins explain, dry', () => {
  it('says what every configured plugin did, or why it did not run', async () => {
    const { exitCode, stdout } = await explain('other', ...secret, '-c', 'good.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Dry call of the tool other: nothing keeps it from the server\n/);
    expect(rows(stdout)).toEqual([
      'hook | plugin | mode | status | verdict | what | time',
      'tool_pre_invoke | first | enforce | ran | modify | changes /args/message',
      'tool_pre_invoke | second | permissive | skipped | its conditions do not match',
      'tool_pre_invoke | off | disabled | skipped | disabled (mode: disabled)',
    ]);
    expect(stdout).toContain('add --result JSON');
  });

  it('names the plugin that refused, and those that were not asked', async () => {
    const { exitCode, stdout } = await explain(
      'echo',
      '--args',
      '{"message":"forbidden"}',
      '-c',
      'good.yaml',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('blocked by first: The message has a word that it may not have (WORD)');
    expect(rows(stdout)).toContain(
      'tool_pre_invoke | second | permissive | skipped | an earlier plugin refused',
    );
  });

  it('runs the plugins after the call on a given result', async () => {
    const { stdout } = await explain('echo', '--result', '{"content":[]}', '-c', 'good.yaml');
    expect(rows(stdout)).toContain('tool_post_invoke | first | enforce | ran | proceed');
    expect(stdout).not.toContain('add --result JSON');
  });

  it('has a line for plugins that are on other hooks', async () => {
    const { stdout } = await explain('review', '--prompt', '-c', 'good.yaml');
    expect(rows(stdout)).toContainEqual(
      expect.stringMatching(
        /^- \| second \| permissive \| not_on_hook \| it is configured for tool_pre_invoke only/,
      ),
    );
  });

  it('prints JSON with paths and without values', async () => {
    const { stdout } = await explain('echo', ...secret, '-c', 'run.yaml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      isDry: true,
      end: 'not_called',
      steps: [{ plugin: 'guard', status: 'ran', verdict: 'modify', changedPaths: ['/args/message'] }],
    });
    expect(stdout).not.toContain('secret');
  });

  it.each([
    ['is not JSON', '{', '--args is not JSON'],
    ['is no object', '[]', '--args must be a JSON object'],
    ['is a file that is not there', '@nowhere.json', 'nowhere.json cannot be read'],
  ])('refuses --args that %s', async (_what, text, message) => {
    const { exitCode, stderr } = await explain('echo', '-c', 'run.yaml', '--args', text);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('reports errors as JSON when it was asked for JSON', async () => {
    const { exitCode, stdout, stderr } = await explain('echo', '-c', 'nowhere.yaml', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { diagnostics: [{ code: 'FILE_NOT_FOUND' }] },
    });
  });
});

describe('mcpplugins explain, with a server', () => {
  const server = ['--', ...rawServer, 'mcp', '-'];

  it('makes the call and shows both hooks', async () => {
    const { exitCode, stdout } = await explain('echo', ...secret, '-c', 'run.yaml', ...server);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Call of the tool echo: the server answered\n/);
    expect(rows(stdout).slice(1)).toEqual([
      'tool_pre_invoke | guard | enforce | ran | modify | changes /args/message',
      'tool_post_invoke | guard | enforce | ran | proceed',
      '',
    ]);
  });

  it('shows a refusal', async () => {
    const { stdout } = await explain(
      'echo',
      '--args',
      '{"message":"forbidden"}',
      '-c',
      'run.yaml',
      ...server,
    );
    expect(stdout).toContain('Call of the tool echo: blocked by guard');
  });

  it('shows the refusal of a prompt, which is an error of the protocol', async () => {
    const { stdout } = await explain('review', '--prompt', '-c', 'deny-prompts.yaml', ...server);
    expect(stdout).toContain(
      'Call of the prompt review: blocked by no-prompts: Prompts are not for you (NO_PROMPTS)',
    );
  });

  it('names the nearest tool of the server for one that it does not have', async () => {
    const { exitCode, stderr } = await explain('ecko', '-c', 'run.yaml', ...server);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "echo"?');
  });

  it('ends with 1 when the server refuses the call', async () => {
    const { exitCode, stdout } = await explain('file:///x', '--resource', '-c', 'run.yaml', ...server);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the server refused it: no such resource');
  });

  it('repeats the last words of a server that ends', async () => {
    const { exitCode, stderr } = await explain('echo', '-c', 'run.yaml', '--', ...rawServer, 'exit', '-');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('SERVER_CALL_FAILED');
    expect(stderr).toContain('no database');
  });
});
