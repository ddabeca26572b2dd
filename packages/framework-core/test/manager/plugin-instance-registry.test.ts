import { describe, expect, it } from 'vitest';
import { type PluginConfigInput, PluginInstanceRegistry, PluginRef } from '../../src/index.js';
import { classOf } from '../support/host.js';

function instance(
  name: string,
  config: Partial<PluginConfigInput> = {},
  shutdown = () => undefined as unknown,
) {
  return new (classOf({ tool_pre_invoke: () => undefined }, { shutdown }))({ kind: 'test', ...config, name });
}

describe('PluginInstanceRegistry', () => {
  it('registers, finds, lists, counts and forgets', () => {
    const registry = new PluginInstanceRegistry();
    const ref = registry.register(instance('A'));
    expect(ref).toBeInstanceOf(PluginRef);
    expect(registry.getPlugin('a')).toBe(ref);
    expect([registry.pluginCount, registry.getAllPlugins()]).toEqual([1, [ref]]);
    expect(registry.unregister('a')).toBe(true);
    expect(registry.unregister('a')).toBe(false);
    expect(registry.pluginCount).toBe(0);
  });

  it('DUPLICATE_PLUGIN: the same name, whatever the letter case', () => {
    const registry = new PluginInstanceRegistry();
    registry.register(instance('a'));
    expect(() => registry.register(instance('A'))).toThrow(
      expect.objectContaining({ code: 'DUPLICATE_PLUGIN' }),
    );
  });

  it('gives the plugins of a hook in the order in which they run', () => {
    const registry = new PluginInstanceRegistry();
    registry.register(instance('late', { priority: 200 }));
    registry.register(instance('first'));
    registry.register(instance('second'));
    registry.register(instance('off', { mode: 'disabled' }));
    registry.register(instance('elsewhere', { hooks: ['tool_post_invoke'] }));
    expect(registry.getPluginsForHook('tool_pre_invoke').map(({ name }) => name)).toEqual([
      'first',
      'second',
      'late',
    ]);
    expect(registry.getPluginsForHook('tool_post_invoke')).toEqual([]);
  });

  it('gives each instance a uuid of its own', () => {
    const [a, b] = [
      new PluginRef(instance('a'), undefined, console),
      new PluginRef(instance('a'), undefined, console),
    ];
    expect(a.uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(a.uuid).not.toBe(b.uuid);
  });

  it('shuts all down in reverse and is empty then', async () => {
    const registry = new PluginInstanceRegistry();
    const order: string[] = [];
    for (const name of ['a', 'b', 'c']) registry.register(instance(name, {}, () => order.push(name)));
    await registry.shutdown();
    expect([order, registry.pluginCount]).toEqual([['c', 'b', 'a'], 0]);
  });
});
