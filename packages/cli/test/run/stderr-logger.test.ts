import { describe, expect, it } from 'vitest';
import { createStderrLogger } from '../../src/run/stderr-logger.js';
import { recordingTerminal } from '../support/recording-terminal.js';

describe('createStderrLogger', () => {
  it('writes one line an entry to stderr and nothing to stdout', () => {
    const terminal = recordingTerminal();
    createStderrLogger(terminal, 'info').warn('plugin failed', {
      plugin: 'pii',
      count: 2,
      nothing: undefined,
    });
    expect(terminal.stderr.text).toBe('mcpplugins warn  plugin failed plugin=pii count=2\n');
    expect(terminal.stdout.text).toBe('');
  });

  it('leaves out what is below its level', () => {
    const terminal = recordingTerminal();
    const logger = createStderrLogger(terminal, 'warn');
    logger.debug('one');
    logger.info('two');
    logger.warn('three');
    logger.error('four');
    expect(terminal.stderr.text).toBe('mcpplugins warn  three\nmcpplugins error four\n');
  });

  it('says nothing at level silent', () => {
    const terminal = recordingTerminal();
    createStderrLogger(terminal, 'silent').error('x');
    expect(terminal.stderr.text).toBe('');
  });

  it('keeps an entry on one line and without control characters, whatever is in it', () => {
    const terminal = recordingTerminal();
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    createStderrLogger(terminal, 'info').error('a\nb\u001b[2J', {
      error: new Error('c\nd'),
      cyclic,
      size: 1n,
    });
    expect(terminal.stderr.text).toBe(
      'mcpplugins error a b\uFFFD[2J error=c d cyclic=(not printable) size=(not printable)\n',
    );
  });
});
