import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  buildJsonSchema,
  installedPlugins,
  loadConfig,
  migrateConfig,
  schemaComment,
  schemaFileName,
} from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';

const guard = {
  kind: '@acme/guard',
  description: 'Guards',
  settingsSchema: z.strictObject({
    words: z.array(z.string().min(1)).describe('Words to look for.'),
    limit: z.int().positive().optional(),
    style: z.enum(['mask', 'block']).default('mask'),
    snake_case: z.strictObject({ camelCase: z.boolean() }).optional(),
  }),
};
type Tree = { readonly name: string; readonly children: readonly Tree[] };
const tree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ name: z.string(), children: z.array(tree) }));
const nested = { kind: './nested.js', settingsSchema: z.strictObject({ root: tree.optional() }) };
const gateway = z.strictObject({
  maxSessions: z.int().optional(),
  servers: z.record(z.string(), z.unknown()).optional(),
});

const schema = buildJsonSchema({ plugins: [guard, nested], sections: { gateway } });
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
const accepts = (yaml: string) => validate(parse(yaml));

describe('the JSON Schema', () => {
  it.each([
    'plugins: []',
    'plugins:',
    '$schema: x\nplugins: [{ name: a, kind: b }]',
    'plugins: [{ name: a, kind: "@acme/guard", mode: audit, on_error: fail, hooks: [tool_pre_invoke], config: { words: [a], limit: 3, style: block } }]',
    'plugins: [{ name: a, kind: "@acme/guard", priority: "${P}", mode: "${M:-audit}", config: { words: ["${W}"], limit: "${L}", style: "${S}" } }]',
    'plugins: [{ name: a, kind: "@acme/guard", config: { words: [], snake_case: { camelCase: true } } }]',
    'plugins: [{ name: a, kind: ./nested.js }]',
    'plugins: [{ name: a, kind: ./nested.js, config: { root: { name: x, children: [{ name: y, children: [] }] } } }]',
    'plugins: [{ name: a, kind: external, mcp: { proto: stdio, cmd: [x] }, config: {} }]',
    'plugins: [{ name: a, kind: b, conditions: [{ server_ids: [x] }], namespace: old }]',
    'plugin_settings: { plugin_timeout: 1, config_history: h.jsonl, enable_plugin_api: true }',
    'gateway: { max_sessions: 3, servers: { my_server: {} } }\nserver_settings: { host: x }',
  ])('accepts %s', (yaml) => {
    expect(accepts(yaml), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    'plugin: []',
    'plugins: [{ name: a }]',
    'plugins: [{ name: a, kind: b, modee: audit }]',
    'plugins: [{ name: a, kind: b, mode: enforced }]',
    'plugins: [{ name: a, kind: b, hooks: [tool_preinvoke] }]',
    'plugins: [{ name: a, kind: b, hooks: [] }]',
    'plugins: [{ name: a, kind: b, onError: fail }]',
    'plugins: [{ name: a, kind: "@acme/guard" }]',
    'plugins: [{ name: a, kind: "@acme/guard", config: { words: [1] } }]',
    'plugins: [{ name: a, kind: "@acme/guard", config: { words: [], limit: three } }]',
    'plugins: [{ name: a, kind: "@acme/guard", config: { words: [], stile: mask } }]',
    'plugins: [{ name: a, kind: "@acme/guard", config: { words: [], style: hide } }]',
    'plugins: [{ name: a, kind: ./nested.js, config: { root: { name: x, children: [{}] } } }]',
    'plugins: [{ name: a, kind: external }]',
    'plugins: [{ name: a, kind: external, mcp: { proto: carrier-pigeon } }]',
    'plugins: [{ name: a, kind: external, mcp: { proto: stdio, cmd: [x] }, config: { a: 1 } }]',
    'plugin_settings: { plugin_timeout: 0 }',
    'gateway: { maxSessions: 3 }',
  ])('refuses %s', (yaml) => {
    expect(accepts(yaml)).toBe(false);
  });

  it('offers the settings of a plugin for completion where its kind is written', () => {
    const items = schema.properties?.['plugins']?.items as {
      readonly allOf: readonly { readonly if: object; readonly then: object }[];
    };
    const rule = items.allOf.find((one) => JSON.stringify(one.if).includes('@acme/guard'));
    expect(rule?.then).toMatchObject({
      properties: {
        config: {
          properties: {
            words: { type: 'array', description: 'Words to look for.' },
            style: {
              default: 'mask',
              anyOf: [{ enum: ['mask', 'block'] }, { pattern: expect.any(String) as string }],
            },
          },
        },
      },
    });
  });

  it('describes every key of the common part', () => {
    const described = (properties: Readonly<Record<string, { description?: string }>> = {}) =>
      Object.entries(properties)
        .filter(([, { description }]) => description === undefined)
        .map(([key]) => key);
    const plugins = schema.properties?.['plugins']?.items as typeof schema;
    expect(described(plugins.properties)).toEqual([]);
    expect(described(schema.properties?.['plugin_settings']?.properties)).toEqual([]);
    expect(described(schema.properties)).toEqual([]);
  });
});

describe('installedPlugins', () => {
  it('finds the settings of what is installed, and says why others are left out', async () => {
    const manifest = (name: string) =>
      `name: ${name}\nkind: ./${name}.js\ndescription: A ${name}\nauthor: a\nversion: 1.0.0\n`;
    const folder = configFolder({
      'node_modules/acme/package.json':
        '{ "name": "acme", "type": "module", "exports": "./index.js", "keywords": ["mcpplugins-plugin"] }',
      'node_modules/acme/index.js': guardModule,
      'mine/broken/plugin-manifest.yaml': manifest('broken'),
      'mine/broken/broken.js': 'throw new Error("no database");',
      'mine/gone/plugin-manifest.yaml': manifest('gone'),
      'mine/number/plugin-manifest.yaml': manifest('number'),
      'mine/number/number.js': 'export default 42;',
    });
    const { plugins, failures } = await installedPlugins({ directory: folder, pluginDirs: ['mine'] });
    expect(plugins.map(({ kind, settingsSchema }) => [kind, settingsSchema !== undefined])).toEqual([
      ['acme', true],
    ]);
    expect(failures).toEqual([
      { kind: './mine/broken/broken.js', reason: 'no database' },
      { kind: './mine/gone/gone.js', reason: 'names a file that does not exist' },
      {
        kind: './mine/number/number.js',
        reason: 'names the default export, which is a number, not a plugin class',
      },
    ]);
    const check = new Ajv({ strict: false }).compile(buildJsonSchema({ plugins }));
    expect(check(parse('plugins: [{ name: a, kind: acme, config: { words: [x] } }]'))).toBe(true);
    expect(check(parse('plugins: [{ name: a, kind: acme, config: { word: [x] } }]'))).toBe(false);
  });
});

describe('a generated file', () => {
  it('names its schema in the first line, and a JSON file may name it too', async () => {
    const [first] = migrateConfig('plugins: []').yaml.split('\n');
    expect(first).toBe(`#${schemaComment()}`);
    expect(first).toBe(`# yaml-language-server: $schema=./${schemaFileName}`);
    const file = path.join(configFolder({ 'p.json': '{ "$schema": "./x.json", "plugins": [] }' }), 'p.json');
    expect((await loadConfig(file)).plugins).toEqual([]);
  });
});
