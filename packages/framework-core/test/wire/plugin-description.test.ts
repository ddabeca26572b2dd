import { describe, expect, it } from 'vitest';
import { pluginModes } from '../../src/config/modes.js';
import { resolvePluginConfig } from '../../src/config/resolve-plugin-config.js';
import {
  decodePluginDescription,
  decodePluginDescriptions,
  encodePluginDescription,
} from '../../src/wire/index.js';
import { readFixture } from './read-fixture.js';

describe('encodePluginDescription', () => {
  it('names the modes of the oldest hosts, has no null in lists and keeps settings to itself', () => {
    const config = resolvePluginConfig({
      name: 'guard',
      kind: './guard.js',
      mode: 'audit',
      priority: 7,
      conditions: [{ userPatterns: ['a.*'], serverIds: ['s'] }],
      config: { apiKey: 'secret' },
    });
    expect(encodePluginDescription({ config, version: '1.2.3', hooks: ['tool_pre_invoke'] })).toEqual(
      readFixture('config.ours'),
    );
  });

  it.each(pluginModes)('has a name for the mode %s that the oldest host knows', (mode) => {
    const config = resolvePluginConfig({ name: 'a', kind: 'b', mode });
    const { mode: written } = encodePluginDescription({ config, version: undefined, hooks: [] });
    expect(['enforce', 'enforce_ignore_error', 'permissive', 'disabled']).toContain(written);
  });
});

describe('decodePluginDescription', () => {
  it('reads what the newest Python server says', () => {
    expect(decodePluginDescription(readFixture('config.python.newest'))).toEqual({
      name: 'DemoPlugin',
      description: 'demo',
      author: 'me',
      version: '0.1',
      hooks: ['tool_pre_invoke', 'tool_post_invoke'],
      tags: ['a'],
      mode: 'sequential',
      features: new Set(),
    });
  });

  it('reads the nulls of the oldest', () => {
    expect(decodePluginDescription(readFixture('config.python.oldest'))).toMatchObject({
      name: 'Second',
      description: undefined,
      tags: [],
      mode: 'permissive',
    });
  });

  it('finds our features in what we say', () => {
    const described = decodePluginDescription(readFixture('config.ours'));
    expect(described?.features).toEqual(new Set(['respond', 'native_payloads', 'structured']));
  });

  it.each([[null], [undefined], [{}]])('takes %j for a plugin that is not there', (value) => {
    expect(decodePluginDescription(value)).toBeUndefined();
  });

  it.each([['text'], [[]], [{ kind: 'x' }], [{ name: 'x', hooks: 'tool_pre_invoke' }]])(
    'refuses %j',
    (value) => {
      expect(() => decodePluginDescription(value)).toThrow('the plugin configuration');
    },
  );
});

describe('decodePluginDescriptions', () => {
  it.each([
    ['a list', [{ name: 'a' }, { name: 'b' }]],
    ['a list in an object', { result: [{ name: 'a' }, { name: 'b' }] }],
  ])('reads %s', (_, value) => {
    expect(decodePluginDescriptions(value).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('reads one plugin by itself', () => {
    expect(decodePluginDescriptions({ name: 'a' }).map(({ name }) => name)).toEqual(['a']);
  });
});
