import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';
import { diagnosticsOf, summary } from '../support/diagnostics-of.js';

const base = `plugins:
  - name: first
    kind: ./guard.js
    priority: 10
    tags: [a, b]
    config:
      words: [one]
      limit: 5
  - name: second
    kind: ./guard.js#Quiet
plugin_settings:
  plugin_timeout: 10
  fail_on_plugin_error: true
`;

function write(overlay: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = configFolder({
    'mcp.yaml': base,
    'mcp.prod.yaml': overlay,
    'guard.js': guardModule,
    ...files,
  });
  return path.join(folder, 'mcp.yaml');
}

describe('an overlay', () => {
  it('is merged by plugin name: maps by key, lists as a whole, null removes, new plugins come last', async () => {
    const file = write(`plugins:
  - name: third
    kind: ./guard.js#Quiet
  - name: first
    mode: audit
    priority:
    tags: [c]
    config: { limit: 9 }
plugin_settings:
  plugin_timeout: 20
`);
    const { plugins, settings } = await loadConfig(file, { environment: 'prod' });
    expect(plugins.map(({ config }) => config)).toEqual([
      { name: 'first', kind: './guard.js', mode: 'audit', tags: ['c'], config: { words: ['one'], limit: 9 } },
      { name: 'second', kind: './guard.js#Quiet' },
      { name: 'third', kind: './guard.js#Quiet' },
    ]);
    expect(settings).toEqual({ pluginTimeout: 20, failOnPluginError: true });
  });

  it('is laid on in order: environment first, then each named file', async () => {
    const file = write('plugins: [{ name: first, priority: 20, mode: audit }]', {
      'last.yaml': 'plugins: [{ name: first, priority: 30 }]',
    });
    const overlays = [path.join(path.dirname(file), 'last.yaml')];
    const { plugins } = await loadConfig(file, { environment: 'prod', overlays });
    expect(plugins[0]?.config).toMatchObject({ priority: 30, mode: 'audit' });
  });

  it('is reported on with its own file and line', async () => {
    const file = write('plugins:\n  - name: first\n    config:\n      limit: 0\n  - name: fourth\n');
    const found = await diagnosticsOf(file, { environment: 'prod' });
    expect(found.map((one) => `${path.basename(one.file)} ${summary(one)}`)).toEqual([
      'mcp.prod.yaml 4:14 PLUGIN_SETTINGS_REJECTED plugins[0].config.limit: must be greater than 0, not 0',
      'mcp.prod.yaml 5:5 KEY_MISSING plugins[2].kind: `kind` is missing; it must be a text',
    ]);
  });

  it('must exist, and its environment must be a name', async () => {
    const file = write('plugins: []');
    expect((await diagnosticsOf(file, { environment: 'test' })).map(({ code }) => code)).toEqual([
      'FILE_NOT_FOUND',
    ]);
    expect((await diagnosticsOf(file, { environment: '../x' })).map(({ code }) => code)).toEqual([
      'ENVIRONMENT_INVALID',
    ]);
  });

  it('cannot name a plugin twice, nor one in other letter case', async () => {
    const twice = write('plugins: [{ name: first, priority: 1 }, { name: first, priority: 2 }]');
    expect((await diagnosticsOf(twice, { environment: 'prod' })).map(({ code }) => code)).toContain(
      'PLUGIN_NAME_DUPLICATE',
    );
    const folded = write('plugins: [{ name: First, kind: "./guard.js#Quiet" }]');
    expect((await diagnosticsOf(folded, { environment: 'prod' })).map(({ code }) => code)).toEqual([
      'PLUGIN_NAME_DUPLICATE',
    ]);
  });

  it('reads ${file:…} and kinds from the folder of the configuration, wherever it is itself', async () => {
    const file = write('', {
      'overlays/x.yaml': 'plugins: [{ name: second, description: "${file:text}", kind: "./guard.js#Quiet" }]',
      text: 'hello',
    });
    const { plugins, filesRead } = await loadConfig(file, {
      overlays: [path.join(path.dirname(file), 'overlays/x.yaml')],
    });
    expect(plugins[1]?.config.description).toBe('hello');
    expect(filesRead.map((read) => path.relative(path.dirname(file), read))).toEqual([
      'mcp.yaml',
      'overlays/x.yaml',
      'text',
    ]);
  });
});

describe('a locked plugin', () => {
  const locked = (fields: string) =>
    `plugins: [{ name: g, kind: "./guard.js#Quiet", locked: true${fields} }]`;

  async function overlay(before: string, after: string, settings = ''): Promise<readonly string[]> {
    const folder = configFolder({
      'mcp.yaml': `${locked(before)}\n`,
      'over.yaml': `plugins: [{ name: g${after} }]\n${settings}`,
      'guard.js': guardModule,
    });
    const options = { overlays: [path.join(folder, 'over.yaml')] };
    try {
      await loadConfig(path.join(folder, 'mcp.yaml'), options);
      return [];
    } catch {
      const found = await diagnosticsOf(path.join(folder, 'mcp.yaml'), options);
      return found.map(({ code, path: at }) => `${code} ${at}`);
    }
  }

  it.each([
    ['', ', description: new, tags: [x]'],
    ['', ', on_error: fail'],
    [', mode: audit', ', mode: enforce'],
    [', mode: permissive', ', mode: enforce_ignore_error'],
    [', mode: audit', ', mode: concurrent'],
    [', mode: concurrent', ', mode: sequential'],
    [', mode: fire_and_forget', ', mode: audit'],
    [', mode: disabled', ', mode: audit'],
    [', mode: audit', ', on_error: fail'],
    [', conditions: [{ tools: [a] }]', ', conditions: [{ tools: [b] }, { tools: [a] }]'],
    [', conditions: [{ tools: [a] }]', ', conditions: null'],
    [', conditions: [{ tools: [a] }]', ', conditions: []'],
    [', hooks: [tool_pre_invoke]', ', hooks: null'],
  ])('{ %s } may become { %s }', async (before, after) => {
    expect(await overlay(before, after)).toEqual([]);
  });

  it.each([
    ['', ', mode: audit', 'mode'],
    ['', ', mode: concurrent', 'mode'],
    [', mode: concurrent', ', mode: permissive', 'mode'],
    [', mode: audit', ', mode: fire_and_forget', 'mode'],
    [', mode: enforce_ignore_error', ', mode: disabled', 'mode'],
    ['', ', mode: enforce_ignore_error', 'on_error'],
    ['', ', on_error: ignore', 'on_error'],
    [', mode: audit', ', on_error: disable', 'on_error'],
    ['', ', allow_disable: true', 'allow_disable'],
    ['', ', hooks: [tool_pre_invoke]', 'hooks'],
    [', hooks: [tool_pre_invoke, tool_post_invoke]', ', hooks: [tool_pre_invoke]', 'hooks'],
    ['', ', conditions: [{ tools: [a] }]', 'conditions'],
    [', conditions: [{ tools: [a] }]', ', conditions: [{ tools: [a, b] }]', 'conditions'],
    ['', ', kind: ./guard.js', 'kind'],
    ['', ', priority: 1', 'priority'],
    ['', ', timeout: 1', 'timeout'],
    ['', ', config: { a: 1 }', 'config'],
    ['', ', locked: false', 'locked'],
    ['', ', locked: null', 'locked'],
  ])('{ %s } may not become { %s }', async (before, after, key) => {
    expect(await overlay(before, after)).toContain(`PLUGIN_LOCKED plugins[0].${key}`);
  });

  it('may not be removed, nor be weakened by a setting of all plugins', async () => {
    const folder = configFolder({
      'mcp.yaml': `${locked(', mode: audit')}\nplugin_settings: { fail_on_plugin_error: true }\n`,
      'gone.yaml': 'plugins: null\n',
      'soft.yaml': 'plugin_settings: { fail_on_plugin_error: false }\n',
      'guard.js': guardModule,
    });
    const file = path.join(folder, 'mcp.yaml');
    const found = async (name: string) =>
      (await diagnosticsOf(file, { overlays: [path.join(folder, name)] })).map(summary);
    expect(await found('gone.yaml')).toEqual([
      `1:1 PLUGIN_LOCKED plugins: "g" is locked in ${file}:1: an overlay cannot remove it`,
    ]);
    expect(await found('soft.yaml')).toEqual([
      expect.stringMatching(
        /^1:1 PLUGIN_LOCKED plugins\[0\]\.on_error: "g" is locked in .*no longer have the effect/,
      ),
    ]);
  });
});
