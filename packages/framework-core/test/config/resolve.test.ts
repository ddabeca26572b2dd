import { describe, expect, it } from 'vitest';
import { resolvePluginConfig, resolvePluginSettings } from '../../src/index.js';

describe('resolvePluginConfig', () => {
  it('fills in the defaults', () => {
    expect(
      resolvePluginConfig({
        name: 'p',
        kind: 'k',
        hooks: null,
        priority: null,
        conditions: null,
        config: null,
      }),
    ).toEqual({
      name: 'p',
      kind: 'k',
      tags: [],
      mode: 'enforce',
      allowDisable: false,
      priority: 100,
      conditions: [],
      config: {},
      locked: false,
    });
  });

  it.each([
    [{ name: 'p' }, 'kind'],
    [{ name: 'p', kind: 'k', mode: 'enforced' }, 'mode'],
    [{ name: 'p', kind: 'k', onError: 'explode' }, 'onError'],
    [{ name: 'p', kind: 'k', conditions: [{ tool: ['x'] }] }, 'tool'],
    [{ name: 'p', kind: 'k', timeout: 2_147_484 }, 'timeout'],
    [{ name: 'p', kind: 'k', hooks: [''] }, 'hooks'],
    [undefined, 'without a name'],
  ])('CONFIG_INVALID: %j', (input, named) => {
    expect(() => resolvePluginConfig(input as never)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(named) }),
    );
  });
});

describe('resolvePluginSettings', () => {
  it('has the defaults of the specification and the design', () => {
    expect(resolvePluginSettings()).toEqual({
      parallelExecutionWithinBand: false,
      pluginTimeout: 30,
      failOnPluginError: false,
      pluginHealthCheckInterval: 60,
      maxPayloadBytes: 1_000_000,
      maxResultBytes: 16_777_216,
      maxDepth: 200,
      maxNodes: 200_000,
      drainTimeout: 30,
      contextCleanupInterval: 300,
      contextMaxAge: 3600,
    });
  });

  it('CONFIG_INVALID: all wrong fields at once', () => {
    expect(() => resolvePluginSettings({ pluginTimeout: 0, maxDepth: 1.5 })).toThrow(
      /pluginTimeout.*maxDepth/,
    );
  });
});
