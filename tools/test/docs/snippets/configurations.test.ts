import { buildJsonSchema, type ConfigDocument, mergeConfigs } from '@mcpplugins/config-loader';
import { parseFixtures } from '@mcpplugins/testing';
import { gatewaySchema, serversSchema } from '@mcpplugins/gateway';
import { denyFilterSettings } from '@mcpplugins/plugin-deny-filter';
import { piiFilterSettings } from '@mcpplugins/plugin-pii-filter';
import { resourceFilterSettings } from '@mcpplugins/plugin-resource-filter';
import { serverSettingsSchema } from '@mcpplugins/plugin-server-runtime';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { elsewhere } from './elsewhere.js';
import { keyOf, snippets } from './pages.js';

const schema = buildJsonSchema({
  plugins: [
    { kind: '@mcpplugins/plugin-pii-filter', settingsSchema: piiFilterSettings },
    { kind: '@mcpplugins/plugin-deny-filter', settingsSchema: denyFilterSettings },
    { kind: '@mcpplugins/plugin-resource-filter', settingsSchema: resourceFilterSettings },
  ],
  sections: { servers: serversSchema, gateway: gatewaySchema, server_settings: serverSettingsSchema },
});
const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema);

function mistakesIn(config: unknown): readonly string[] {
  if (validate(config)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Blocks that are overlays, and the configuration that they are laid over. */
const overlays: Readonly<Record<string, string>> = {
  'docs/configuration.md: plugins:':
    'docs/configuration.md: # yaml-language-server: $schema=./mcpplugins.schema.json',
};

/** Whether this is the file in which a client has its MCP servers. */
function isForClient(content: ConfigDocument): boolean {
  return ['mcpServers', 'servers'].includes(Object.keys(content).join());
}

function serversWithoutCommand(content: ConfigDocument): readonly string[] {
  const servers = Object.values(content)[0] as Readonly<Record<string, { readonly command?: unknown }>>;
  return Object.entries(servers).flatMap(([name, { command }]) =>
    typeof command === 'string' ? [] : [name],
  );
}

const blocks = snippets
  .filter(({ language }) => language === 'yaml' || language === 'json')
  .filter((snippet) => !(keyOf(snippet) in elsewhere))
  .map((snippet) => [keyOf(snippet), snippet.text] as const);

function contentOf(key: string): ConfigDocument {
  const text = blocks.find(([own]) => own === key)?.[1];
  if (text === undefined) throw new Error(`there is no block "${key}"`);
  return parse(text) as ConfigDocument;
}

function mistakesInFile(key: string, text: string): readonly string[] {
  const content = parse(text) as ConfigDocument;
  if (isForClient(content)) return serversWithoutCommand(content);
  if ('fixtures' in content) return parseFixtures(text, key).fixtures.length > 0 ? [] : ['has no fixture'];
  const below = overlays[key];
  return mistakesIn(below === undefined ? content : mergeConfigs(contentOf(below), content));
}

describe('YAML and JSON in Markdown', () => {
  it.each(blocks)(
    'is a configuration that the schema accepts, one of a client, or a file of fixtures: %s',
    (key, text) => {
      expect(mistakesInFile(key, text)).toEqual([]);
    },
  );

  it('is refused when a key is misspelt, also one of a plugin', () => {
    const plugin = { name: 'a', kind: '@mcpplugins/plugin-deny-filter', config: { words: ['x'] } };
    expect(mistakesIn({ plugins: [plugin] })).toEqual([]);
    expect(mistakesIn({ plugins: [{ ...plugin, priorty: 1 }] })).not.toEqual([]);
    expect(mistakesIn({ plugins: [{ ...plugin, config: { wrods: ['x'] } }] })).not.toEqual([]);
  });
});
