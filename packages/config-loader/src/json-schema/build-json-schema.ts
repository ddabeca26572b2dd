import { type AnyHookContract, pluginConfigSchema } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { mcpBlockSchema, mcpProtocols } from '@mcpplugins/framework-core/wire';
import type { z } from 'zod';
import { documentSchema } from '../load/document-schema.js';
import { type KeyRule, keyRulesOf } from '../schema/key-rules.js';
import { settingsSchema } from '../schema/settings-schema.js';
import {
  conditionDescriptions,
  pluginDescriptions,
  sectionDescriptions,
  settingDescriptions,
} from './descriptions.js';
import { fromZod, inYamlSpelling } from './from-zod.js';
import type { JsonSchema } from './json-schema.js';

/** A plugin that the schema knows the settings of. */
export interface SchemaPlugin {
  /** What to write as `kind`. */
  readonly kind: string;
  readonly description?: string | undefined;
  readonly settingsSchema?: z.ZodType | undefined;
  readonly contracts?: readonly AnyHookContract[] | undefined;
}

/** What a schema is made of. */
export interface JsonSchemaOptions {
  readonly plugins?: readonly SchemaPlugin[] | undefined;
  /** As in `LoadConfigOptions`. */
  readonly sections?: Readonly<Record<string, z.ZodType>> | undefined;
  /** As in `LoadConfigOptions`. */
  readonly contracts?: readonly AnyHookContract[] | undefined;
}

/**
 * The JSON Schema (draft 7) of a configuration file, for editors: with the settings of the given plugins, chosen by
 * their `kind`. A file that it accepts may still be refused by `loadConfig`, which sees more.
 */
export function buildJsonSchema({
  plugins = [],
  sections = {},
  contracts,
}: JsonSchemaOptions = {}): JsonSchema {
  const hooks = [...(contracts ?? builtInContracts), ...plugins.flatMap((plugin) => plugin.contracts ?? [])];
  const document = inYamlSpelling(fromZod(documentSchema(sections)));
  const properties = describe(document.properties ?? {}, sectionDescriptions);
  properties['plugins'] = {
    ...described(sectionDescriptions['plugins']),
    type: ['array', 'null'],
    items: pluginSchema(plugins, [...new Set(hooks.map(({ name }) => name))]),
  };
  const settings = inYamlSpelling(fromZod(settingsSchema));
  properties['plugin_settings'] = {
    ...described(sectionDescriptions['plugin_settings']),
    ...settings,
    properties: {
      ...describe(settings.properties ?? {}, settingDescriptions),
      ...ignoredKeys(keyRulesOf(settingsSchema)),
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'mcpplugins configuration',
    ...document,
    properties,
  };
}

function pluginSchema(plugins: readonly SchemaPlugin[], hooks: readonly string[]): JsonSchema {
  const base = inYamlSpelling(fromZod(pluginConfigSchema));
  const properties = describe(base.properties ?? {}, pluginDescriptions);
  properties['kind'] = {
    ...described(pluginDescriptions['kind']),
    anyOf: [
      ...plugins.map(({ kind, description }) => ({ const: kind, ...described(description) })),
      { const: 'external', description: 'A plugin behind an MCP server.' },
      { type: 'string', minLength: 1 },
    ],
  };
  properties['hooks'] = {
    ...described(pluginDescriptions['hooks']),
    type: ['array', 'null'],
    minItems: 1,
    items: { anyOf: [{ enum: hooks }, { type: 'string', pattern: String.raw`\$\{[^}]+\}` }] },
  };
  describeConditions(properties['conditions']);
  return {
    ...base,
    properties: { ...properties, ...ignoredKeys(keyRulesOf(pluginConfigSchema)) },
    allOf: [externalRule(), ...plugins.flatMap(settingsRule)],
  };
}

function externalRule(): JsonSchema {
  const mcp = fromZod(mcpBlockSchema);
  const proto = {
    ...described(mcp.properties?.['proto']?.description),
    enum: mcpProtocols.flatMap((name) => [name, name.toLowerCase()]),
  };
  return whenKindIs('external', {
    properties: { mcp: { ...mcp, properties: { ...mcp.properties, proto } }, config: { maxProperties: 0 } },
    required: ['mcp'],
  });
}

function settingsRule({ kind, settingsSchema: settings }: SchemaPlugin): JsonSchema[] {
  if (settings === undefined) return [];
  const schema = fromZod(settings);
  // References inside of it start from its own root.
  const config: JsonSchema = JSON.stringify(schema).includes('"$ref"')
    ? { ...schema, $id: `mcpplugins:${encodeURIComponent(kind)}` }
    : schema;
  const isRequired = !accepts(settings, {});
  return [
    whenKindIs(kind, {
      properties: { config: isRequired ? config : { anyOf: [config, { type: 'null' }] } },
      ...(isRequired && { required: ['config'] }),
    }),
  ];
}

function whenKindIs(kind: string, rule: JsonSchema): JsonSchema {
  // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON Schema
  return { if: { properties: { kind: { const: kind } }, required: ['kind'] }, then: rule };
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  try {
    return schema.safeParse(value).success;
  } catch {
    // A schema with asynchronous checks: the loader says so.
    return true;
  }
}

function describeConditions(schema: JsonSchema | undefined): void {
  for (const { items } of schema?.anyOf ?? []) {
    if (items === undefined || Array.isArray(items)) continue;
    items.properties = describe(items.properties ?? {}, conditionDescriptions);
  }
}

function ignoredKeys(rules: Readonly<Record<string, KeyRule>>): Record<string, JsonSchema> {
  const ignored = Object.entries(rules).flatMap(([key, rule]) =>
    rule.type === 'ignored'
      ? [[key, { deprecated: true, description: `No effect: ${rule.because}.` }] as const]
      : [],
  );
  return Object.fromEntries(ignored);
}

function describe(
  properties: Readonly<Record<string, JsonSchema>>,
  descriptions: Readonly<Record<string, string>>,
): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => [key, { ...described(descriptions[key]), ...schema }]),
  );
}

function described(description: string | undefined): JsonSchema {
  return description === undefined ? {} : { description };
}
