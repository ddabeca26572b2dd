import { describe, expect, it } from 'vitest';
import { formatTable } from '../../src/output/table.js';

describe('formatTable', () => {
  it('lines columns up and writes no trailing spaces', () => {
    expect(
      formatTable([
        ['plugin', 'mode', ''],
        ['pii', 'enforce', 'x'],
      ]),
    ).toBe('plugin  mode\npii     enforce  x\n');
  });

  it('does not count escape codes as width', () => {
    expect(
      formatTable(
        [
          ['\u001b[31mab\u001b[39m', 'x'],
          ['abcd', 'y'],
        ],
        ' ',
      ),
    ).toBe(' \u001b[31mab\u001b[39m    x\n abcd  y\n');
  });

  it('is empty without rows', () => {
    expect(formatTable([])).toBe('');
  });
});
