import { describe, expect, it } from 'vitest';
import { redirectConsole } from '../../src/output/redirect-console.js';
import { RecordingStream } from '../support/recording-terminal.js';

describe('redirectConsole', () => {
  it('sends every method to the stream and restores the console afterwards', () => {
    const stream = new RecordingStream();
    const original = console.log;
    {
      using _redirected = redirectConsole(stream);
      console.log('one %s', 1);
      console.table([{ two: 2 }]);
      console.error('three');
    }
    expect(stream.text).toMatch(/^one 1\n/);
    expect(stream.text).toContain('two');
    expect(stream.text).toMatch(/three\n$/);
    expect(console.log).toBe(original);
  });
});
