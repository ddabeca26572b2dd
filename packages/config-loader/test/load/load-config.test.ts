import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defineHook, type PluginClass } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';
import { diagnosticsOf, summary } from '../support/diagnostics-of.js';

function write(yaml: string, files: Readonly<Record<string, string>> = {}): string {
  return path.join(configFolder({ 'plugins.yaml': yaml, 'guard.js': guardModule, ...files }), 'plugins.yaml');
}

describe('loadConfig', () => {
  it('turns the specification’s file into registrations and settings', async () => {
    const file = write(`
plugins:
  - name: "PIIFilterPlugin"
    kind: "./guard.js"
    description: "Detects and masks PII"
    version: "1.0.0"
    author: "Security Team"
    hooks: ["tool_pre_invoke"]
    tags: ["security", "pii"]
    mode: "enforce_ignore_error"
    on_error: ignore
    priority: 50
    conditions:
      - server_ids: ["prod-server"]
        tenant_ids: ["enterprise"]
        user_patterns: [".*@company[.]com"]
    config: { words: [ssn] }
plugin_settings:
  parallel_execution_within_band: false
  plugin_timeout: 30
  fail_on_plugin_error: false
  plugin_health_check_interval: 60
`);
    const loaded = await loadConfig(file);
    expect(loaded.file).toBe(file);
    expect(loaded.directory).toBe(path.dirname(file));
    expect(loaded.plugins.map(({ config }) => config)).toEqual([
      {
        name: 'PIIFilterPlugin',
        kind: './guard.js',
        description: 'Detects and masks PII',
        version: '1.0.0',
        author: 'Security Team',
        hooks: ['tool_pre_invoke'],
        tags: ['security', 'pii'],
        mode: 'enforce_ignore_error',
        onError: 'ignore',
        priority: 50,
        conditions: [
          { serverIds: ['prod-server'], tenantIds: ['enterprise'], userPatterns: ['.*@company[.]com'] },
        ],
        config: { words: ['ssn'] },
      },
    ]);
    expect(loaded.settings).toEqual({
      parallelExecutionWithinBand: false,
      pluginTimeout: 30,
      failOnPluginError: false,
      pluginHealthCheckInterval: 60,
    });
    expect(loaded.notices).toEqual([]);
  });

  it('gives a plugin class that can be constructed with the registered configuration', async () => {
    const { plugins } = await loadConfig(
      write('plugins: [{ name: G, kind: ./guard.js, config: { words: [a] } }]'),
    );
    const [registration] = plugins;
    const pluginClass = (await registration?.load()) as PluginClass;
    const plugin = new pluginClass(registration?.config ?? { name: '', kind: '' });
    expect(plugin.name).toBe('G');
  });

  it('finds packages from the folder of the configuration, with an export after #', async () => {
    const file = write(
      'plugins: [{ name: G, kind: "acme-guard#Quiet" }, { name: H, kind: acme-guard/extra.js }]',
      {
        'node_modules/acme-guard/package.json':
          '{ "name": "acme-guard", "type": "module", "exports": { ".": { "import": "./main.js" }, "./extra.js": "./main.js" } }',
        'node_modules/acme-guard/main.js': guardModule.replace(
          'z.array(z.string().min(1))',
          'z.array(z.string()).optional()',
        ),
      },
    );
    const { plugins } = await loadConfig(file);
    expect(plugins).toHaveLength(2);
    expect(plugins[0]?.load()).toHaveProperty('pluginName', 'quiet');
  });

  it('does not import the code of a disabled plugin', async () => {
    const file = write('plugins: [{ name: G, kind: ./throws.js, mode: disabled }]', {
      'throws.js': 'throw new Error("no")',
    });
    const { plugins, notices } = await loadConfig(file);
    expect(plugins[0]?.config).toMatchObject({ name: 'G', mode: 'disabled' });
    expect(notices).toEqual([]);
  });

  it('imports a disabled plugin when it is switched on later', async () => {
    const { plugins } = await loadConfig(
      write('plugins: [{ name: G, kind: "./guard.js#Quiet", mode: disabled }]'),
    );
    await expect(plugins[0]?.load()).resolves.toHaveProperty('pluginName', 'quiet');
  });

  it('warns about a disabled plugin that is not installed, and refuses an enabled one', async () => {
    const { notices } = await loadConfig(write('plugins: [{ name: G, kind: acme-guard, mode: disabled }]'));
    expect(notices.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'PACKAGE_NOT_INSTALLED'],
    ]);
    const refused = await diagnosticsOf(write('plugins: [{ name: G, kind: acme-guard, mode: audit }]'));
    expect(refused.map(({ code }) => code)).toEqual(['PACKAGE_NOT_INSTALLED']);
  });

  it('leaves a module that throws to the manager: load() rejects with what was thrown', async () => {
    const file = write('plugins: [{ name: G, kind: ./throws.js }]', {
      'throws.js': 'throw new Error("no database")',
    });
    const { plugins, notices } = await loadConfig(file);
    expect(notices.map(summary)).toEqual([
      '1:28 MODULE_FAILED plugins[0].kind: the module of "./throws.js" threw while it was imported | The error is reported when the plugin is started; a plugin that may block keeps the host from starting.',
    ]);
    await expect(plugins[0]?.load()).rejects.toThrow('no database');
  });

  it('calls the factory of a host kind when the plugin is loaded, with defaults filled in', async () => {
    const calls: unknown[] = [];
    class Proxy {
      readonly hooks = {};
      get name() {
        return 'proxy';
      }
      initialize() {}
      shutdown() {}
    }
    const file = write('plugins: [{ name: G, kind: external, mcp: { proto: stdio, script: ./server.py } }]');
    const { plugins } = await loadConfig(file, {
      env: { HOME: '/home/me' },
      kinds: new Map([
        [
          'external',
          (config, context) => {
            calls.push([config.mcp, config.priority, context.directory, context.env]);
            return Proxy as unknown as PluginClass;
          },
        ],
      ]),
    });
    expect(calls).toEqual([]);
    await expect(plugins[0]?.load()).resolves.toBe(Proxy);
    expect(calls).toEqual([
      [{ proto: 'stdio', script: './server.py' }, 100, path.dirname(file), { HOME: '/home/me' }],
    ]);
  });

  it('knows the hooks of the host and those that a plugin brings along', async () => {
    const custom = defineHook({
      name: 'report_pre_send',
      phase: 'pre',
      payload: z.object({ text: z.string() }),
      writable: ['text'],
      description: 'Before a report is sent.',
    });
    const yaml = 'plugins: [{ name: G, kind: "./guard.js#Quiet", hooks: [report_pre_send] }]';
    const { plugins } = await loadConfig(write(yaml), { contracts: [...builtInContracts, custom] });
    expect(plugins).toHaveLength(1);
    expect((await diagnosticsOf(write(yaml))).map(({ code }) => code)).toEqual(['HOOK_NAME_UNKNOWN']);

    const brought = `${guardModule}
import { defineHook } from '@mcpplugins/framework-core';
const hook = defineHook({ name: 'report_pre_send', phase: 'pre', payload: z.object({ text: z.string() }), writable: ['text'], description: 'd' });
export const Reporter = definePlugin({ name: 'r', contracts: [hook], hooks: () => ({}) });`;
    const own = write(yaml.replace('Quiet', 'Reporter'), { 'guard.js': brought });
    expect((await loadConfig(own)).plugins).toHaveLength(1);
  });

  it('checks sections by the schemas of the host and spells their keys in camelCase', async () => {
    const gateway = z.strictObject({
      maxSessions: z.int().default(10),
      upstreams: z.record(z.string(), z.unknown()).optional(),
    });
    const good = 'plugins: []\ngateway:\n  max_sessions: 3\n  upstreams: { my_server: { some_key: 1 } }\n';
    const loaded = await loadConfig(write(good), { sections: { gateway } });
    expect(loaded.sections).toEqual({
      gateway: { maxSessions: 3, upstreams: { my_server: { some_key: 1 } } },
    });

    const bad = await diagnosticsOf(write('plugins: []\ngateway:\n  max_session: 3\n  maxSessions: 4\n'), {
      sections: { gateway },
    });
    expect(bad.map(summary)).toEqual([
      '3:3 KEY_UNKNOWN gateway.max_session: unknown key "max_session"; known here: max_sessions, upstreams | Did you mean "max_sessions"?',
      '4:3 KEY_UNKNOWN gateway.maxSessions: unknown key "maxSessions"; known here: max_sessions, upstreams | Did you mean "max_sessions"?',
    ]);
  });

  it('leaves well-known sections without a schema alone, and says so', async () => {
    const { sections, notices } = await loadConfig(
      write('plugins: []\nserver_settings: { host: 127.0.0.1 }\n'),
    );
    expect(sections).toEqual({});
    expect(notices.map(({ code, path: at }) => [code, at])).toEqual([
      ['NO_PLUGINS', 'plugins'],
      ['KEY_IGNORED', 'server_settings'],
    ]);
  });

  it('accepts keys of ContextForge that mean nothing here with a notice, and refuses what would restrict', async () => {
    const { notices } = await loadConfig(
      write(`plugins:
  - { name: G, kind: "./guard.js#Quiet", namespace: n, applied_to: { tools: [] }, capabilities: [] }
plugin_settings: { enable_plugin_api: true, include_user_info: false }
`),
    );
    expect(notices.map(({ severity, code, path: at }) => [severity, code, at])).toEqual([
      ['notice', 'KEY_IGNORED', 'plugins[0].namespace'],
      ['notice', 'KEY_IGNORED', 'plugins[0].applied_to'],
      ['notice', 'KEY_IGNORED', 'plugins[0].capabilities'],
      ['notice', 'KEY_IGNORED', 'plugin_settings.enable_plugin_api'],
      ['notice', 'KEY_IGNORED', 'plugin_settings.include_user_info'],
    ]);
    const refused = await diagnosticsOf(
      write(
        'plugins:\n  - { name: G, kind: "./guard.js#Quiet", isolation: worker, limits: { memory_mb: 64 } }\n',
      ),
    );
    expect(refused.map(summary)).toEqual([
      '2:42 NOT_YET_SUPPORTED plugins[0].isolation: `isolation` is not supported yet: running a plugin in isolation would not happen | Remove `isolation`.',
      '2:61 NOT_YET_SUPPORTED plugins[0].limits: `limits` is not supported yet: limiting the memory and processor time of a plugin would not happen | Remove `limits`.',
    ]);
  });

  it('runs every hook of a plugin when `hooks` is null or left out, and refuses an empty list', async () => {
    const { plugins } = await loadConfig(write('plugins: [{ name: G, kind: "./guard.js#Quiet", hooks: }]'));
    expect(plugins[0]?.config.hooks).toBeNull();
    const refused = await diagnosticsOf(write('plugins: [{ name: G, kind: "./guard.js#Quiet", hooks: [] }]'));
    expect(refused.map(summary)).toEqual([
      '1:55 VALUE_INVALID plugins[0].hooks: must have at least 1 entry, not an empty list',
    ]);
  });

  it('takes a variable for a number or boolean where one is wanted, and for text elsewhere', async () => {
    const file = write(
      'plugins:\n  - { name: G, kind: ./guard.js, priority: "${P}", allow_disable: "${A}", config: { words: ["${P}"], limit: "${P}" } }\n',
    );
    const { plugins } = await loadConfig(file, { env: { P: '7', A: 'true' } });
    expect(plugins[0]?.config).toMatchObject({
      priority: 7,
      allowDisable: true,
      config: { words: ['7'], limit: 7 },
    });
    const refused = await diagnosticsOf(file, { env: { P: '7', A: 'yes' } });
    expect(refused.map(({ path: at, message }) => [at, message])).toEqual([
      ['plugins[0].allow_disable', 'must be true or false, not the text of ${A}'],
    ]);
  });

  it('refuses a pattern that cannot be matched in linear time', async () => {
    const refused = await diagnosticsOf(
      write(
        'plugins: [{ name: G, kind: "./guard.js#Quiet", conditions: [{ user_patterns: ["ok.*", "(?=x)"] }] }]',
      ),
    );
    expect(refused.map(({ code, path: at }) => [code, at])).toEqual([
      ['PATTERN_INVALID', 'plugins[0].conditions[0].user_patterns[1]'],
    ]);
  });

  it('reports a missing setting at the plugin when there is no `config`', async () => {
    const refused = await diagnosticsOf(write('plugins:\n  - name: words\n    kind: ./guard.js\n'));
    expect(refused.map(summary)).toEqual([
      '2:5 PLUGIN_SETTINGS_REJECTED plugins[0].config.words: `words` is missing; it must be a list',
    ]);
  });

  it('loads from a folder in plugin_dirs, and refuses one that does not exist', async () => {
    const folder = configFolder({ 'conf/plugins.yaml': '', 'shared/guard.js': guardModule });
    const file = path.join(folder, 'conf/plugins.yaml');
    writeFileSync(
      file,
      'plugin_dirs: [../shared]\nplugins: [{ name: G, kind: "../shared/guard.js#Quiet" }]\n',
    );
    expect((await loadConfig(file)).plugins).toHaveLength(1);
    writeFileSync(
      file,
      'plugin_dirs: [../share]\nplugins: [{ name: G, kind: "../shared/guard.js#Quiet" }]\n',
    );
    expect((await diagnosticsOf(file)).map(({ code, path: at }) => [code, at])).toEqual([
      ['VALUE_INVALID', 'plugin_dirs[0]'],
      ['KIND_INVALID', 'plugins[0].kind'],
    ]);
  });

  it('refuses a link inside of the folder that leads out of it', async () => {
    const folder = configFolder({
      'conf/plugins.yaml': 'plugins: [{ name: G, kind: ./linked/guard.js }]',
      'other/guard.js': guardModule,
    });
    mkdirSync(path.join(folder, 'conf'), { recursive: true });
    symlinkSync(path.join(folder, 'other'), path.join(folder, 'conf/linked'), 'dir');
    const refused = await diagnosticsOf(path.join(folder, 'conf/plugins.yaml'));
    expect(refused.map(({ code }) => code)).toEqual(['KIND_INVALID']);
  });
});

describe('an external plugin', () => {
  const cases: readonly (readonly [mcp: string, ...found: string[]])[] = [
    ['', 'KEY_MISSING plugins[0].mcp'],
    ['mcp: { proto: STDIO }', 'KEY_MISSING plugins[0].mcp.script'],
    ['mcp: { proto: streamablehttp }', 'KEY_MISSING plugins[0].mcp.url'],
    ['mcp: { proto: HTTP, url: "http://h/mcp" }', 'VALUE_INVALID plugins[0].mcp.proto'],
    ['mcp: { proto: SSE, url: "file:///etc/passwd" }', 'VALUE_INVALID plugins[0].mcp.url'],
    ['mcp: { proto: SSE, url: "http://u:p@h/mcp" }', 'VALUE_INVALID plugins[0].mcp.url'],
    ['mcp: { proto: SSE, url: nowhere }', 'VALUE_INVALID plugins[0].mcp.url'],
    ['mcp: { proto: websocket, url: "http://h" }', 'VALUE_INVALID plugins[0].mcp.url'],
    ['mcp: { proto: STDIO, script: a.py, cmd: [b] }', 'VALUE_INVALID plugins[0].mcp.cmd'],
    ['mcp: { proto: STDIO, script: a.py, url: "http://h" }', 'VALUE_INVALID plugins[0].mcp.url'],
    ['mcp: { proto: SSE, url: "http://h", script: a.py }', 'VALUE_INVALID plugins[0].mcp.script'],
    ['mcp: { proto: SSE, url: "https://h", tls: { keyfile: k } }', 'VALUE_INVALID plugins[0].mcp.tls'],
    ['mcp: { proto: SSE, url: "http://h", tls: {} }', 'VALUE_INVALID plugins[0].mcp.tls'],
    [
      'mcp: { proto: SSE, url: "http://h", max_response_bytes: 4 MB }',
      'VALUE_INVALID plugins[0].mcp.max_response_bytes',
    ],
    ['mcp: { proto: SSE, url: "http://h", htls: {} }', 'KEY_UNKNOWN plugins[0].mcp.htls'],
    ['config: { a: 1 }, mcp: { proto: SSE, url: "http://h" }', 'VALUE_INVALID plugins[0].config'],
  ];
  const kinds = new Map([['external', () => expect.unreachable()]]);

  it.each(cases)('with { %s } is refused', async (mcp, ...found) => {
    const file = write(`plugins: [{ name: G, kind: external${mcp === '' ? '' : `, ${mcp}`} }]`);
    const refused = await diagnosticsOf(file, { kinds });
    expect(refused.map(({ code, path: at }) => `${code} ${at}`)).toEqual(found);
  });

  it('is accepted with the names of the specification and of ContextForge', async () => {
    const file = write(`plugins:
  - name: A
    kind: external
    mcp:
      proto: STREAMABLEHTTP
      url: https://guard.internal:8443/mcp
      auth: { type: bearer, token: "\${TOKEN}" }
      tls: { ca_bundle: ca.pem, client_cert: c.pem, verify: true }
  - { name: B, kind: external, mcp: { proto: stdio, cmd: [python3, -m, guard], env: { A: b }, cwd: . } }
  - { name: C, kind: external, mcp: { proto: StreamableHttp, url: "http://h/mcp", uds: /run/guard.sock } }
  - { name: D, kind: external, mcp: { proto: sse, url: "http://h/sse", max_response_bytes: 1000000 } }
  - { name: E, kind: external, mcp: { proto: WebSocket, url: "wss://h/mcp", tls: { verify: true } } }
`);
    const { plugins, notices } = await loadConfig(file, { kinds, env: { TOKEN: 't' } });
    expect(plugins).toHaveLength(5);
    expect(notices).toEqual([]);
  });

  it('is refused by a host that has no factory for it', async () => {
    const refused = await diagnosticsOf(
      write('plugins: [{ name: G, kind: external, mcp: { proto: SSE, url: "http://h" } }]'),
    );
    expect(refused.map(({ code }) => code)).toEqual(['KIND_UNKNOWN']);
  });
});
