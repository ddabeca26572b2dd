import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandSet } from '../src/command-set.js';
import { runCli } from '../src/run-cli.js';
import { readVersion } from '../src/version.js';
import { recordingTerminal } from './support/recording-terminal.js';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

async function run(...words: readonly string[]) {
  const terminal = recordingTerminal({ cwd: fixtures });
  const exitCode = await runCli(words, terminal);
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

describe('mcpplugins', () => {
  it('prints its version', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, stdout: `${readVersion()}\n`, stderr: '' });
  });

  it.each([['--help'], ['-h'], ['help'], []])(
    'shows all commands in groups, with a first step: %s',
    async (...words) => {
      const { exitCode, stdout, stderr } = await run(...words);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      for (const { name, summary, group } of commandSet) {
        expect(stdout).toContain(group);
        expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${name} ${summary}`);
      }
      expect(stdout).toContain('mcpplugins demo');
      expect(stdout).toContain('Exit codes:');
    },
  );

  it('names the nearest command for one that does not exist', async () => {
    const { exitCode, stdout, stderr } = await run('vaildate', 'x.yaml');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain("unknown command 'vaildate'");
    expect(stderr).toContain('Did you mean validate?');
    expect(stderr).toContain('mcpplugins --help');
  });

  it('names the nearest option for one that does not exist', async () => {
    const { exitCode, stderr } = await run('validate', 'good.yaml', '--jsn');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean --json?');
    expect(stderr).toContain('mcpplugins validate --help');
  });

  it('keeps what plugins write to the console out of its answer', async () => {
    const { stdout, stderr } = await run('validate', 'talkative.yaml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    expect(stderr).toBe('a plugin talks while it is imported\n');
  });

  it('resolves relative paths from the folder of the terminal', async () => {
    expect((await run('validate', 'good.yaml')).exitCode).toBe(0);
  });
});

describe.each(commandSet.map(({ name }) => name))('mcpplugins %s --help', (name) => {
  it('describes the command, with an example of it', async () => {
    const [byOption, byCommand] = await Promise.all([run(name, '--help'), run('help', name)]);
    expect(byOption).toEqual(byCommand);
    expect(byOption.exitCode).toBe(0);
    expect(byOption.stdout).toContain(`Usage: mcpplugins ${name} `);
    expect(byOption.stdout).toMatch(new RegExp(`Examples:\\n {2}# .+\\n {2}mcpplugins ${name}`));
  });
});
