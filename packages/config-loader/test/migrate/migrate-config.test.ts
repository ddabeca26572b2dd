import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatMigration, isConfigError, loadConfig, migrateConfig } from '../../src/index.js';
import { configFolder } from '../support/config-folder.js';

/** The shapes that ContextForge's own files have: 40 plugins, Jinja, upper-case protocols. */
const contextForgeSample = readFileSync(
  path.resolve(import.meta.dirname, '../fixtures/contextforge-config.yaml'),
  'utf8',
);
/** All but the four filters that are here too, and the two external ones. */
const withoutCounterpart = [...contextForgeSample.matchAll(/- name: "(.+)"/g)]
  .map(([, name]) => name)
  .slice(1, -4);

const installed = (name: string) => ({
  [`node_modules/@mcpplugins/${name}/package.json`]: `{ "name": "@mcpplugins/${name}", "type": "module", "exports": "./index.js" }`,
  [`node_modules/@mcpplugins/${name}/index.js`]:
    "import { definePlugin } from '@mcpplugins/framework-core';\nexport default definePlugin({ name: 'p', hooks: () => ({}) });",
});

const mcpHooks = ['prompt', 'tool', 'resource'].flatMap((family) =>
  family === 'tool'
    ? ['tool_pre_invoke', 'tool_post_invoke']
    : [`${family}_pre_fetch`, `${family}_post_fetch`],
);

describe('migrateConfig', () => {
  const migration = migrateConfig(contextForgeSample, { hooks: mcpHooks });

  it('turns a file of 40 plugins into one that loads', async () => {
    expect(contextForgeSample.match(/- name:/g)).toHaveLength(40);
    const folder = configFolder({
      'mcpplugins.yaml': migration.yaml,
      ...installed('plugin-pii-filter'),
      ...installed('plugin-deny-filter'),
    });
    const { plugins, notices } = await loadConfig(path.join(folder, 'mcpplugins.yaml'), {
      env: {},
      kinds: new Map([['external', () => expect.unreachable()]]),
    });
    expect(notices).toEqual([]);
    expect(plugins.map(({ config }) => config)).toMatchObject([
      {
        name: 'PIIFilterPlugin',
        kind: '@mcpplugins/plugin-pii-filter',
        mode: 'permissive',
        conditions: [{ userPatterns: [String.raw`.*@example\.com.*`] }],
        config: { detect_ssn: true, default_mask_strategy: 'partial' },
      },
      {
        name: 'DenyListPlugin',
        kind: '@mcpplugins/plugin-deny-filter',
        mode: 'enforce',
        config: { words: ['innovative', 'groundbreaking'] },
      },
      { name: 'OPAPluginFilter', kind: 'external', mode: 'permissive', onError: 'fail' },
      { name: 'ClamAV', mode: 'enforce', hooks: ['resource_post_fetch'], mcp: { proto: 'STDIO' } },
      { name: 'Idle', kind: '@mcpplugins/plugin-pii-filter', mode: 'disabled' },
    ]);
  });

  it('names each plugin without counterpart, with its line and what to use instead', () => {
    const { missing } = migration.report;
    expect(missing.map(({ name }) => name)).toEqual(withoutCounterpart);
    const lines = contextForgeSample.split('\n');
    for (const { name, line, kind, instead } of missing) {
      expect(lines[line - 1]).toBe(`  - name: "${name}"`);
      expect(kind).toMatch(/^plugins\./);
      expect(instead).toMatch(/kind: external/);
    }
    expect(missing.find(({ name }) => name === 'UrlReputationPlugin')?.instead).toContain(
      '@mcpplugins/plugin-resource-filter',
    );
    expect(missing.filter(({ wasActive }) => !wasActive)).toHaveLength(9);
  });

  it('keeps them as comments in their place, and all other comments', () => {
    const { yaml } = migration;
    expect(yaml).toMatch(
      /^# yaml-language-server: \$schema=\.\/mcpplugins\.schema\.json\n\n# Plugins of the gateway\n/,
    );
    expect(yaml).toMatch(/# Personal data\n {2}- name: "PIIFilterPlugin"/);
    expect(yaml.indexOf('# - name: "WatchdogPlugin"')).toBeGreaterThan(
      yaml.indexOf('# - name: "SummarizerPlugin"'),
    );
    expect(yaml.indexOf('# - name: "WatchdogPlugin"')).toBeLessThan(yaml.indexOf('- name: "DenyListPlugin"'));
    expect(yaml).toContain('# tls:');
    expect(yaml).toContain('mode: "permissive" # newer files have these');
  });

  it('reports each change with its line', () => {
    const text = formatMigration(migration.report);
    const at = (line: string) => contextForgeSample.split('\n').indexOf(line) + 1;
    expect(text).not.toContain('WATCHDOG_KEY');
    for (const expected of [
      `line ${at('    kind: "plugins.pii_filter.pii_filter.PIIFilterPlugin"')} plugins[0].kind: is the package @mcpplugins/plugin-pii-filter: npm install @mcpplugins/plugin-pii-filter`,
      `line ${at('    applied_to: {}')} plugins[0].applied_to: does nothing here: \`conditions\` say where a plugin runs`,
      `line ${at('    priority: null')} plugins[36].priority: said nothing`,
      `line ${at("        - {{ env.SECOND_WORD | default('groundbreaking') }}")}: \`{{ env.SECOND_WORD | default('groundbreaking') }}\` is \${SECOND_WORD:-groundbreaking}`,
      `line ${at('    mode: sequential')} plugins[38].mode: \`sequential\` is \`enforce\` here`,
      'plugins[38].hooks: has agent_pre_invoke, which is not called here',
      'plugins[38].mcp.script: starts from the folder of the configuration now',
      'plugins[39].hooks: is empty: the plugin never ran, and is disabled now',
      `line ${at('plugin_dirs:')} plugin_dirs: named folders of Python plugins`,
      `line ${at('  enable_plugin_api: true')} plugin_settings.enable_plugin_api: does nothing here`,
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('knows that the server of an external plugin says which hooks it has, and no longer how it runs', () => {
    const changesOf = (keys: string) =>
      migrateConfig(
        `plugins:\n  - { name: A, kind: external, mcp: { proto: SSE, url: "https://a" }${keys} }\n`,
      ).report.changes.map(({ path: at, message }) => `${at} ${message}`);
    expect(changesOf(', mode: enforce, priority: null')).toEqual([
      'plugins[0].mcp what the plugin server says of `priority`, `conditions`, `on_error` does not count here: this file decides',
      'plugins[0].priority said nothing',
    ]);
    expect(changesOf(', mode: enforce, priority: 1, conditions: [], on_error: fail')).toEqual([]);
  });

  it('leaves to a person what only a person can decide', () => {
    const { yaml, report } = migrateConfig(`plugins:
{% if env.PROD == 'yes' %}
  - name: A
    kind: external
    hooks: [tool_pre_invoke]
    capabilities: [read:context]
    mcp: { proto: http, url: "{{ make_url() }}", tls: null }
    conditions: [{ user_patterns: ["admin_.*"], tools: null }]
{% endif %}
  - name: a
    kind: acme.Guard
    grpc: { target: "h:1" }
  - { name: a, kind: "./own.js", priority: {{ env['P'] }} }
plugin_settings: { plugin_timeout: 5000, routing_enabled: true }
`);
    expect(report.manual.map(({ line, path: at }) => [line, at])).toEqual([
      [2, ''],
      [6, 'plugins[0].capabilities'],
      [7, ''],
      [8, 'plugins[0].conditions[0].user_patterns'],
      [9, ''],
      [13, 'plugins[2].name'],
      [14, 'plugin_settings.plugin_timeout'],
    ]);
    expect(report.missing).toMatchObject([
      { name: 'a', instead: expect.stringContaining('over MCP') as string },
    ]);
    expect(parse(yaml)).toEqual({
      plugins: [
        {
          name: 'A',
          kind: 'external',
          hooks: ['tool_pre_invoke'],
          mcp: { proto: 'STREAMABLEHTTP', url: '${MIGRATE_1}' },
          conditions: [{ user_patterns: ['admin_.*'] }],
        },
        { name: 'a', kind: './own.js', priority: '${P}' },
      ],
      plugin_settings: { plugin_timeout: 5000 },
    });
    expect(yaml).toContain("# {% if env.PROD == 'yes' %}");
  });

  it.each([
    ['{{ env.A }}', '"${A}"'],
    ["{{ env['A'] }}", '"${A}"'],
    ["{{ env.get('A') }}", '"${A}"'],
    ["{{ env.get('A', 'b c') }}", '"${A:-b c}"'],
    ["{{- env.A | default('x', true) -}}", '"${A:-x}"'],
    ["{{ env.A or 'x' }}", '"${A:-x}"'],
    ['"{{ env.A }}"', '"${A}"'],
    ["'pre-{{ env.A }}-post'", "'pre-${A}-post'"],
    ['http://{{ env.A }}/x', 'http://${A}/x'],
    ['[{{ env.A }}, {{ env.B }}]', '["${A}", "${B}"]'],
    ['x {# a note #}', 'x # a note'],
  ])('reads %s as %s', (jinja, yaml) => {
    expect(migrateConfig(`plugin_settings:\n  config_history: ${jinja}\n`).yaml).toContain(
      `config_history: ${yaml}\n`,
    );
  });

  it('does not read variables, nor bring any value into the file or report', () => {
    process.env['MIGRATE_CANARY'] = 'CANARY-7b1f';
    const { yaml, report } = migrateConfig(
      'plugins: []\nserver_settings: { host: "{{ env.MIGRATE_CANARY }}" }\n',
    );
    delete process.env['MIGRATE_CANARY'];
    expect(yaml + formatMigration(report)).not.toContain('CANARY-7b1f');
  });

  it('changes nothing in its own result', () => {
    const again = migrateConfig(migration.yaml.replace(/^.*\n/, ''));
    expect(again.report.missing).toEqual([]);
    expect(parse(again.yaml)).toEqual(parse(migration.yaml));
  });

  it('refuses what is no YAML', () => {
    for (const text of ['plugins: [\n', '- a\n', '']) {
      let thrown: unknown;
      try {
        migrateConfig(text);
      } catch (error) {
        thrown = error;
      }
      expect(isConfigError(thrown)).toBe(true);
    }
  });
});
