import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';

const guard = `
import { block, definePlugin, modify } from '@mcpplugins/framework-core';
export default definePlugin({ name: 'guard', hooks: () => ({ tool_pre_invoke: (payload) => {
  const text = String(payload.args.text);
  if (text.includes('forbidden')) return block({ code: 'WORD', reason: 'a word' });
  if (text.includes('secret')) return modify({ ...payload, args: { text: text.replace('secret', '***') } });
} }) });
`;
const config = 'plugins:\n  - { name: guard, kind: ./guard.mjs, mode: enforce }\n';
const fixtures = `fixtures:
  # refused
  - { name: refuses, hook: tool_pre_invoke, payload: { args: { text: forbidden } }, expect: { outcome: block, code: WORD } }
  - { name: masks, hook: tool_pre_invoke, payload: { args: { text: a secret } }, expect: { outcome: modify, payload: { args: { text: a *** } } } }
`;

const project = (files: Readonly<Record<string, string>>) =>
  cliFolder({ 'guard.mjs': guard, 'plugins.yaml': config, ...files });

describe('mcpplugins test', () => {
  it('runs the files of this folder and its test folders on the configuration of this folder', async () => {
    const { run } = project({ 'a.fixtures.yaml': fixtures, 'tests/b.fixtures.yaml': fixtures });
    const { exitCode, stdout } = await run(['test']);
    expect(stdout).toContain('ok    masks');
    expect(stdout).toContain('4 as expected');
    expect(exitCode).toBe(0);
  });

  it('ends with 1 and says what is different, where', async () => {
    const { run } = project({ 'a.fixtures.yaml': fixtures.replace('code: WORD', 'code: OTHER') });
    const { exitCode, stdout } = await run(['test']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('FAIL  refuses (a.fixtures.yaml:3)');
    expect(stdout).toContain('/code: expected "OTHER", and it is "WORD"');
    expect(stdout).toContain('1 as expected, 1 not');
  });

  it('prints JSON', async () => {
    const { run } = project({ 'a.fixtures.yaml': fixtures.replace('code: WORD', 'code: OTHER') });
    const { exitCode, stdout } = await run(['test', 'a.fixtures.yaml', '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, passed: 1, failed: 1 });
  });

  it('rewrites what is expected, with comments, and then all is as expected', async () => {
    const { run, folder } = project({
      'a.fixtures.yaml': fixtures.replace('code: WORD', 'code: OTHER').replace('a ***', 'b'),
    });
    const updated = await run(['test', '--update']);
    expect([updated.exitCode, updated.stdout]).toEqual([
      0,
      expect.stringContaining('new   refuses: block by guard'),
    ]);
    const text = readFileSync(path.join(folder, 'a.fixtures.yaml'), 'utf8');
    expect(text).toContain('# refused');
    expect(text).toContain('code: WORD');
    expect((await run(['test'])).exitCode).toBe(0);
  });

  it('takes a file that is a configuration itself, and one that names another', async () => {
    const { run } = project({
      'own.yaml': `plugins:\n  - { name: mine, kind: ./guard.mjs, mode: permissive }\n${fixtures.replace('block, code: WORD', 'proceed')}`,
      'tests/named.yaml': `config: ../plugins.yaml\n${fixtures}`,
    });
    const { exitCode, stdout } = await run(['test', 'own.yaml', 'tests/named.yaml']);
    expect(stdout).toContain('4 as expected');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['no file', [], {}, 'there is no *.fixtures.yaml'],
    ['a file that is not there', ['x.yaml'], {}, 'x.yaml cannot be read'],
    ['a file with a mistake', ['x.yaml'], { 'x.yaml': 'fixtures:\n  - hok: a\n' }, 'x.yaml:2:5'],
  ] as const)('ends with 2 for %s', async (_what, words, files, message) => {
    const { exitCode, stderr } = await project(files).run(['test', ...words]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
