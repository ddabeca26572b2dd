import { describe, expect, it } from 'vitest';
import { lookAlikes } from '../../src/doctor/look-alikes.js';

describe('lookAlikes', () => {
  it.each([
    ['the same name twice', ['echo', 'echo']],
    ['letter case', ['read_file', 'Read_File']],
    ['separators', ['read_file', 'read-file']],
    ['a space of no width', ['echo', 'ec\u200Bho']],
    ['Cyrillic letters', ['echo', 'есhо']],
    ['Greek letters', ['copy', 'cορy']],
    ['letters of full width', ['echo', 'ｅｃｈｏ']],
  ])('finds %s', (_what, names) => {
    expect(lookAlikes(['other', ...names])).toEqual([names]);
  });

  it('keeps names apart that a reader can tell', () => {
    expect(lookAlikes(['echo', 'echoes', 'ecco', 'эхо', '回声', 'read_file', 'write_file'])).toEqual([]);
  });
});
