import { describe, expect, it } from 'vitest';
import { normalise } from '../../first-steps/normalise.mjs';

describe('normalise', () => {
  it.each([
    [
      'times',
      'a 3 ms\nb  12.55ms\n Duration  3.1s\n   Start at  10:00:00\n RUN  v4.1.12 /x\nend',
      'a  0.10 ms\nb  0.10 ms\nend',
    ],
    [
      'the folder and the port',
      'in /tmp/x/y.yaml at http://127.0.0.1:45403/',
      'in ./y.yaml at http://127.0.0.1:8809/',
    ],
    ['colour and trailing space', '\u001B[32mgreen\u001B[39m  \n\n\n\nend\n', 'green\n\nend'],
  ])('takes out %s', (_what, output, expected) => {
    expect(normalise(output, '/tmp/x')).toBe(expected);
  });

  it('keeps all else', () => {
    expect(normalise('  3 as expected, 1 not', '/tmp/x')).toBe('3 as expected, 1 not');
  });
});
