import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { reportError } from '../../src/errors/report-error.js';
import { recordingTerminal } from '../support/recording-terminal.js';

async function report(thrown: unknown, json = false) {
  const terminal = recordingTerminal();
  const exitCode = await reportError(thrown, terminal, { json });
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

describe('reportError', () => {
  it('says what failed, why, and what to do, on stderr', async () => {
    const cause = new Error('connect ECONNREFUSED', { cause: new Error('no route') });
    const error = new FrameworkError('PLUGIN_INITIALIZE_FAILED', 'plugin "pii" cannot start', {
      plugin: 'pii',
      cause,
    });
    expect(await report(error)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'error PLUGIN_INITIALIZE_FAILED: plugin "pii" cannot start\n' +
        '  because: connect ECONNREFUSED\n' +
        '  because: no route\n' +
        '  Read the cause; a plugin whose mode may block keeps the host from starting.\n',
    });
  });

  it('does not say twice what the message already says', async () => {
    const cause = new Error('file is locked');
    const { stderr } = await report(
      new FrameworkError('PLUGIN_LOAD_FAILED', 'cannot load: file is locked', { cause }),
    );
    expect(stderr.match(/file is locked/g)).toHaveLength(1);
  });

  it('ends with 2 for a mistake in usage or configuration', async () => {
    expect((await report(new FrameworkError('HOOK_NOT_FIRED', 'x'))).exitCode).toBe(2);
    expect((await report(new FrameworkError('COMMAND_MISSING', 'x'))).exitCode).toBe(2);
  });

  it('shows the stack of what is no error of the framework, and ends with 1', async () => {
    const { exitCode, stderr } = await report(new TypeError('boom'));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: TypeError: boom\n/);
    expect(stderr).toContain('report-error.test');
  });

  it('takes anything that was thrown', async () => {
    expect((await report('plain text')).stderr).toBe('error: plain text\n');
    expect((await report(undefined)).exitCode).toBe(1);
  });

  it('prints JSON on stdout when asked to', async () => {
    const { stdout, stderr } = await report(new FrameworkError('COMMAND_MISSING', 'no command'), true);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: {
        code: 'COMMAND_MISSING',
        message: 'no command',
        action: expect.any(String) as string,
        causes: [],
      },
    });
  });

  it('lets no message steer the terminal', async () => {
    expect((await report(new FrameworkError('X', 'a\u001b[2Jb'))).stderr).toBe('error X: a\uFFFD[2Jb\n');
  });
});
