import { describe, expect, it } from 'vitest';
import { styleFor, wantsColour } from '../../src/output/style.js';
import { RecordingStream } from '../support/recording-terminal.js';

function stream(isTTY: boolean): RecordingStream {
  return Object.assign(new RecordingStream(), { isTTY });
}

describe('wantsColour', () => {
  it('is true on a terminal and false elsewhere', () => {
    expect(wantsColour(stream(true), {})).toBe(true);
    expect(wantsColour(stream(false), {})).toBe(false);
  });

  it('is false with NO_COLOR, even if FORCE_COLOR asks for it', () => {
    expect(wantsColour(stream(true), { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
  });

  it('takes an empty NO_COLOR for unset', () => {
    expect(wantsColour(stream(true), { NO_COLOR: '' })).toBe(true);
  });

  it('follows FORCE_COLOR where there is no terminal', () => {
    expect(wantsColour(stream(false), { FORCE_COLOR: '1' })).toBe(true);
    expect(wantsColour(stream(true), { FORCE_COLOR: '0' })).toBe(false);
  });

  it('asks the terminal itself, which knows TERM=dumb', () => {
    const dumb = Object.assign(stream(true), { hasColors: (env: object) => !('TERM' in env) });
    expect(wantsColour(dumb, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour(dumb, {})).toBe(true);
  });
});

describe('styleFor', () => {
  it('wraps text in escape codes where colour is wanted and leaves it alone elsewhere', () => {
    expect(styleFor(stream(true), {}).red('no')).toBe('\u001b[31mno\u001b[39m');
    expect(styleFor(stream(true), {}).bold('no')).toBe('\u001b[1mno\u001b[22m');
    expect(styleFor(stream(false), {}).red('no')).toBe('no');
  });
});
