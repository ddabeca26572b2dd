import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticList } from '../../src/errors/diagnostic.js';
import { SourceText } from '../../src/source/source-text.js';
import { interpolate } from '../../src/values/interpolate.js';
import { configFolder } from '../support/config-folder.js';

function read(text: string, env: Readonly<Record<string, string>> = {}, directory = '.') {
  const found = new DiagnosticList();
  const span = { source: new SourceText('c.yaml', text), start: 0, end: text.length };
  const { value } = interpolate(text, span, { env, directory, filesRead: new Set() }, found);
  return { value, found: found.sorted('error').map(({ code }) => code) };
}

describe('variables', () => {
  it.each([
    ['${A}', { A: 'x' }, 'x'],
    ['a${A}b${B}c', { A: '1', B: '2' }, 'a1b2c'],
    ['${A:-d}', {}, 'd'],
    ['${A:-d}', { A: '' }, 'd'],
    ['${A:-d}', { A: 'x' }, 'x'],
    ['${A:-}', {}, ''],
    ['${A:-a:-b}', {}, 'a:-b'],
    ['${A}', { A: '' }, ''],
    ['$${A}', { A: 'x' }, '${A}'],
    ['$A $ {A} $', { A: 'x' }, '$A $ {A} $'],
    ['${A}', { A: '${B}', B: 'no' }, '${B}'],
    ['${A}', { A: 'x\n- name: Evil' }, 'x\n- name: Evil'],
    ['${A}', { A: `a: "b' # c $& $1` }, `a: "b' # c $& $1`],
  ])('turn %s with %o into %j in one pass', (text, env, value) => {
    expect(read(text, env)).toEqual({ value, found: [] });
  });

  it.each([
    ['${A}', 'VARIABLE_UNSET'],
    ['${constructor}', 'VARIABLE_UNSET'],
    ['${}', 'VARIABLE_INVALID'],
    ['${A', 'VARIABLE_INVALID'],
    ['${A-b}', 'VARIABLE_INVALID'],
    ['${1A}', 'VARIABLE_INVALID'],
    ['${file:}', 'VARIABLE_FILE'],
    ['${file:nowhere}', 'VARIABLE_FILE'],
    ['${file:.}', 'VARIABLE_FILE'],
  ])('refuse %s with %s', (text, code) => {
    expect(read(text).found).toEqual([code]);
  });

  it('read a file from the folder of the configuration, without its last line break', () => {
    const folder = configFolder({ 'run/secret': 's3cret\n' });
    expect(read('key ${file:run/secret}!', {}, folder)).toEqual({ value: 'key s3cret!', found: [] });
    expect(read(`\${file:${path.join(folder, 'run/secret')}}`)).toEqual({ value: 's3cret', found: [] });
  });
});
