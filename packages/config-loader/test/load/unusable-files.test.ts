import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFolder } from '../support/config-folder.js';
import { diagnosticsOf } from '../support/diagnostics-of.js';

const nested = (levels: number) => `plugins: ${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a file that cannot be used', () => {
  const contents: readonly (readonly [
    what: string,
    content: string | Uint8Array,
    code: string,
    message: RegExp,
  ])[] = [
    ['is empty', '', 'FILE_EMPTY', /is empty/],
    ['has comments only', '# nothing\n', 'FILE_EMPTY', /is empty/],
    ['is null', 'null\n', 'FILE_EMPTY', /is empty/],
    ['is a list', '- name: A\n  kind: b\n', 'VALUE_INVALID', /must be a map with `plugins:`, not a list/],
    ['is a text', 'plugins', 'VALUE_INVALID', /not a single value/],
    ['is UTF-16', Buffer.from('\uFEFFplugins: []', 'utf16le'), 'FILE_ENCODING', /is UTF-16, not UTF-8/],
    ['is Latin-1', Buffer.from('plugins: [] # caf\u00e9', 'latin1'), 'FILE_ENCODING', /is not UTF-8/],
    [
      'is too large',
      `plugins: "${'x'.repeat(5_000_000)}"`,
      'FILE_TOO_LARGE',
      /has 5000011 bytes; the limit is 524288/,
    ],
    ['has a control character', 'plugins: []\u0007', 'YAML_SYNTAX', /control character U\+0007/],
    ['has two documents', 'plugins: []\n---\nplugins: []\n', 'YAML_UNSUPPORTED', /more than one document/],
    ['is YAML 1.1', '%YAML 1.1\n---\nplugins: []\n', 'YAML_UNSUPPORTED', /YAML 1\.1/],
    [
      'has a tag that runs code',
      'plugins: !!python/object/apply:os.system [id]',
      'YAML_UNSUPPORTED',
      /the tag !!python/,
    ],
    [
      'has a merge key',
      'plugins: []\nplugin_settings: { <<: { plugin_timeout: 1 } }',
      'YAML_UNSUPPORTED',
      /merge keys/,
    ],
    ['has a list as a key', '? [a]\n: 1\n', 'YAML_UNSUPPORTED', /a key must be a text/],
    [
      'has the key __proto__',
      '__proto__: { polluted: 1 }\nplugins: []\n',
      'YAML_UNSUPPORTED',
      /"__proto__" is not allowed/,
    ],
    ['has an alias without anchor', 'plugins: *nope\n', 'YAML_ALIAS', /no anchor &nope/],
    ['has an alias in itself', 'plugins: &a [*a]\n', 'YAML_ALIAS', /inside of what it stands for/],
    [
      'has an infinite number',
      'plugin_settings: { plugin_timeout: 1e400 }',
      'VALUE_INVALID',
      /too large, infinite/,
    ],
    ['is nested too deeply', nested(100), 'YAML_LIMIT', /more than 64 levels/],
    [
      'is nested so deeply that a recursive parser dies',
      nested(200_000),
      'YAML_LIMIT',
      /more than 64 levels/,
    ],
    ['is a deep block sequence', `plugins:\n${'- '.repeat(20_000)}x`, 'YAML_LIMIT', /more than 64 levels/],
    [
      'has tabs for indentation',
      'plugin_settings:\n\tplugin_timeout: 5\n',
      'YAML_SYNTAX',
      /tabs are not allowed/,
    ],
    ['is an alias bomb', bomb(), 'YAML_LIMIT', /more than 50000 values, with aliases written out/],
  ];

  it.each(contents)('because it %s', async (_, content, code, message) => {
    const file = path.join(configFolder({ 'plugins.yaml': content }), 'plugins.yaml');
    const [first, ...others] = (await diagnosticsOf(file)).filter((diagnostic) => diagnostic.code === code);
    expect(first?.message).toMatch(message);
    expect(others).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('because it does not exist', async () => {
    const file = path.join(configFolder({}), 'plugins.yaml');
    const [first] = await diagnosticsOf(file);
    expect(first).toMatchObject({ code: 'FILE_NOT_FOUND', file, line: 1, column: 1, frame: '' });
  });

  it('because it is a folder, a pipe or a loop of links', async () => {
    const folder = configFolder({});
    mkdirSync(path.join(folder, 'directory'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    symlinkSync(path.join(folder, 'b'), path.join(folder, 'a'));
    symlinkSync(path.join(folder, 'a'), path.join(folder, 'b'));
    for (const [name, message] of [
      ['directory', /is a directory/],
      ['pipe', /not a regular file/],
      ['a', /symbolic link that leads back to itself/],
    ] as const) {
      const [first] = await diagnosticsOf(path.join(folder, name));
      expect(first).toMatchObject({
        code: 'FILE_UNREADABLE',
        message: expect.stringMatching(message) as string,
      });
    }
  });
});

describe('a file that looks odd and is fine', () => {
  it.each([
    [
      'a byte order mark and CRLF',
      '\uFEFFplugins: []\r\nplugin_settings:\r\n  plugin_timeout: 5\r\n',
      'plugins.yaml',
    ],
    ['JSON', '{\n\t"plugins": [],\n\t"plugin_settings": { "plugin_timeout": 5 }\n}', 'plugins.json'],
    [
      'JSON with comments',
      '{ // none\n "plugins": [], /* "a": * / **/ "plugin_settings": { "plugin_timeout": 5, }, "plugin_dirs": [".//"] }',
      'plugins.jsonc',
    ],
    [
      'an anchor at a key and an alias',
      '&settings plugin_settings: { plugin_timeout: 5 }\nplugins: []\nplugin_dirs: [&here ., *here]',
      'plugins.yaml',
    ],
    [
      'an anchor and an alias',
      'plugins: &none []\nplugin_dirs: *none\nplugin_settings: { plugin_timeout: 5 }',
      'plugins.yaml',
    ],
  ])('with %s', async (_, content, name) => {
    const { loadConfig } = await import('../../src/index.js');
    const { settings } = await loadConfig(path.join(configFolder({ [name]: content }), name));
    expect(settings).toEqual({ pluginTimeout: 5 });
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  }
  return lines.join('\n');
}
