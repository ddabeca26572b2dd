import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder, wordsModule } from '../support/cli-folder.js';

const plugin = {
  'node_modules/acme-words/package.json':
    '{ "name": "acme-words", "type": "module", "exports": "./index.js", "keywords": ["mcpplugins-plugin"] }',
  'node_modules/acme-words/index.js': wordsModule,
};

describe('schema', () => {
  it('prints a JSON Schema with the settings of installed plugins', async () => {
    const { run } = cliFolder(plugin);
    const { exitCode, stdout, stderr } = await run(['schema']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(stdout).toContain('"const": "acme-words"');
    expect(stdout).toContain('"maxLength": 20');
  });

  it('writes it, and says what to put into the configuration', async () => {
    const { run, folder } = cliFolder(plugin);
    const { exitCode, stdout } = await run(['schema', '-o', 'mcpplugins.schema.json']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('with the settings of acme-words');
    expect(stdout).toContain('\n# yaml-language-server: $schema=./mcpplugins.schema.json\n');
    const again = await run(['schema', '-o', 'mcpplugins.schema.json', '--json']);
    expect(JSON.parse(again.stdout)).toEqual({
      ok: true,
      output: 'mcpplugins.schema.json',
      plugins: ['acme-words'],
      failures: [],
    });
    const written = JSON.parse(readFileSync(path.join(folder, 'mcpplugins.schema.json'), 'utf8')) as object;
    expect(written).toHaveProperty('properties.plugins.items');
  });

  it('looks into folders that are named, and warns of plugins that cannot be loaded', async () => {
    const { run } = cliFolder({
      'mine/a/plugin-manifest.yaml': 'name: A\nkind: ./a.js\ndescription: d\nauthor: a\nversion: 1.0.0\n',
      'mine/a/a.js': 'throw new Error("no database");',
    });
    const { exitCode, stdout, stderr } = await run(['schema', '--plugin-dir', 'mine', '-o', 's.json']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('warning: without ./mine/a/a.js: no database\n');
    expect(stdout).toContain('no plugin: none is installed here');
  });

  it('ends with 2 when the file cannot be written', async () => {
    const { exitCode, stderr } = await cliFolder({}).run(['schema', '-o', 'no/such/folder.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
  });
});
