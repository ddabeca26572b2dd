import { describe, expect, it } from 'vitest';
import {
  block,
  type ConfigurationChange,
  definePlugin,
  PluginManager,
  type PluginRegistration,
} from '../../src/index.js';
import {
  anyHook,
  deferred,
  plugin,
  settleMicrotasks,
  toolCall,
  type TestPluginOptions,
  withManager,
} from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

/** A plugin whose class stays the same from one registration to the next, and its life. */
function lasting(name: string, config: TestPluginOptions = {}) {
  const life: string[] = [];
  const Lasting = definePlugin({
    name,
    hooks: () => ({ tool_pre_invoke: () => block({ code: name.toUpperCase(), reason: name }) }),
    initialize: () => void life.push('+'),
    shutdown: () => void life.push('-'),
  });
  const registration = (change: TestPluginOptions = {}): PluginRegistration => ({
    config: { kind: 'test', name, ...config, ...change },
    load: () => Lasting,
  });
  return { life, registration };
}

async function codeOf(manager: PluginManager): Promise<string | undefined> {
  await using request = manager.openRequest();
  return (await request.invoke(anyHook, toolCall())).violation?.code;
}

describe('reload', () => {
  it('keeps a plugin whose code and settings are the same, with its state', async () => {
    const { life, registration } = lasting('a');
    await withManager([registration()], async (manager) => {
      const instance = manager.getPlugin('a');
      const { change } = await manager.reload({ plugins: [registration({ mode: 'audit', priority: 5 })] });
      expect(change).toEqual({
        added: [],
        removed: [],
        changed: [{ plugin: 'a', fields: ['mode', 'priority'] }],
      });
      expect(manager.getPlugin('a')).toBe(instance);
      expect(await codeOf(manager)).toBeUndefined();
      expect(life).toEqual(['+']);
    });
    expect(life).toEqual(['+', '-']);
  });

  it('replaces a plugin whose settings changed; the old one is shut down', async () => {
    const { life, registration } = lasting('a');
    await withManager([registration()], async (manager) => {
      const instance = manager.getPlugin('a');
      const { drained } = await manager.configurePlugin('a', { config: { x: 1 } });
      await drained;
      expect(manager.getPlugin('a')).not.toBe(instance);
      expect(life).toEqual(['+', '+', '-']);
    });
  });

  it('that fails keeps what ran before it, and starts nothing', async () => {
    const a = lasting('a');
    const b = lasting('b');
    await withManager([a.registration()], async (manager) => {
      const broken = plugin('broken', () => undefined, { initialize: () => Promise.reject(new Error('no')) });
      await expect(manager.reload({ plugins: [b.registration(), broken] })).rejects.toMatchObject({
        code: 'PLUGIN_INITIALIZE_FAILED',
      });
      await expect(
        manager.addPlugin(b.registration({ conditions: [{ userPatterns: ['x'] }] })),
      ).rejects.toMatchObject({ code: 'PATTERN_UNSUPPORTED' });
      expect(await codeOf(manager)).toBe('A');
      expect(manager.config.plugins.map(({ name }) => name)).toEqual(['a']);
      expect([a.life, b.life]).toEqual([['+'], ['+', '-', '+', '-']]);
    });
  });

  it('switches a plugin on again that an error switched off', async () => {
    let calls = 0;
    const failing = plugin(
      'p',
      () => {
        if (calls++ === 0) throw new Error('first');
        return block({ code: 'NO', reason: 'No' });
      },
      { onError: 'disable', allowDisable: true },
    );
    const Failing = await failing.load();
    const registration = { ...failing, load: () => Failing };
    await withManager([registration], async (manager) => {
      expect([await codeOf(manager), await codeOf(manager)]).toEqual([undefined, undefined]);
      expect(manager.health()[0]).toMatchObject({ status: 'failed', lastError: 'first' });
      await manager.reload({ plugins: [registration] });
      expect(await codeOf(manager)).toBe('NO');
    });
  });

  it('leaves open requests on what they began with', async () => {
    const { life, registration } = lasting('a');
    await withManager([registration()], async (manager) => {
      const request = manager.openRequest();
      const { drained } = await manager.removePlugin('a');
      expect(await codeOf(manager)).toBeUndefined();
      expect((await request.invoke(anyHook, toolCall())).violation?.code).toBe('A');
      await settleMicrotasks();
      expect(life).toEqual(['+']);
      request.close();
      await drained;
      expect(life).toEqual(['+', '-']);
    });
  });

  it('shuts a plugin down when the last of several old configurations lets go of it', async () => {
    const { life, registration } = lasting('a');
    await withManager([registration()], async (manager) => {
      const oldest = manager.openRequest();
      const second = await manager.reload({ plugins: [registration({ priority: 1 })] });
      const third = await manager.reload({ plugins: [] });
      await third.drained;
      expect(life).toEqual(['+']);
      oldest.close();
      await second.drained;
      expect(life).toEqual(['+', '-']);
    });
  });

  it('runs one change after the other', async () => {
    const gate = deferred();
    await withManager([], async (manager) => {
      const first = manager.reload({
        plugins: [plugin('slow', () => undefined, { initialize: () => gate.promise })],
      });
      const second = manager.addPlugin(plugin('b', () => undefined));
      gate.resolve();
      await Promise.all([first, second]);
      expect(manager.config.plugins.map(({ name }) => name)).toEqual(['slow', 'b']);
    });
  });

  describe('and time', () => {
    useFakeTime();

    it('moves open requests after drain_timeout; state stays', async () => {
      const { life, registration } = lasting('a', { mode: 'audit' });
      const manager = await PluginManager.start({
        plugins: [registration(), plugin('w', (_payload, context) => context.setState('a', 1))],
        settings: { drainTimeout: 5 },
      });
      const request = manager.openRequest();
      await request.invoke(anyHook, toolCall());
      const seen: unknown[] = [];
      const { drained } = await manager.reload({
        plugins: [plugin('r', (_payload, context) => void seen.push(context.state))],
      });
      await pass(4999);
      expect(life).toEqual(['+']);
      await pass(2);
      await drained;
      expect(life).toEqual(['+', '-']);
      await request.invoke(anyHook, toolCall());
      expect(seen).toEqual([{ a: 1 }]);
      request.close();
      await manager.shutdown();
    });
  });
});

describe('changes at run time', () => {
  it('add, remove, disable and enable', async () => {
    const { life, registration } = lasting('a');
    await withManager([], async (manager) => {
      await manager.addPlugin(registration({ mode: 'audit' }));
      await expect(manager.addPlugin(registration())).rejects.toMatchObject({ code: 'DUPLICATE_PLUGIN' });
      await manager.disablePlugin('a');
      expect([manager.pluginCount, manager.health()[0]?.status]).toEqual([0, 'disabled']);
      await manager.enablePlugin('a');
      expect(manager.config.plugins[0]?.mode).toBe('audit');
      await manager.disablePlugin('a');
      await manager.enablePlugin('a', 'enforce');
      expect(await codeOf(manager)).toBe('A');
      await (
        await manager.removePlugin('a')
      ).drained;
      expect(manager.health()).toEqual([]);
      expect(life).toEqual(['+', '-', '+', '-', '+', '-']);
    });
  });

  it('enable waits for a disable that was asked for before', async () => {
    await withManager([lasting('a').registration()], async (manager) => {
      await Promise.all([manager.disablePlugin('a'), manager.enablePlugin('a')]);
      expect(manager.config.plugins[0]?.mode).toBe('enforce');
    });
  });

  it('enable starts a plugin that could not start before', async () => {
    let isUp = false;
    const late = plugin('p', () => block({ code: 'UP', reason: 'Up' }), {
      onError: 'ignore',
      initialize: () => (isUp ? undefined : Promise.reject(new Error('down'))),
    });
    await withManager([late], async (manager) => {
      expect(manager.health()[0]).toMatchObject({
        status: 'failed',
        lastError: expect.stringContaining('down'),
      });
      isUp = true;
      await manager.enablePlugin('p');
      expect(await codeOf(manager)).toBe('UP');
    });
  });

  it.each(['removePlugin', 'disablePlugin', 'enablePlugin'] as const)(
    'PLUGIN_NOT_FOUND: %s',
    async (method) => {
      await withManager([lasting('filter').registration()], async (manager) => {
        await expect(manager[method]('fliter')).rejects.toMatchObject({
          code: 'PLUGIN_NOT_FOUND',
          message: expect.stringContaining('did you mean "filter"?'),
        });
      });
    },
  );

  it('CONFIG_INVALID: a change that is none', async () => {
    await withManager([lasting('a').registration()], async (manager) => {
      await expect(manager.configurePlugin('a', { priority: 'high' as never })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      });
      expect(await codeOf(manager)).toBe('A');
    });
  });

  it('change conditions and timeout without a new instance', async () => {
    const { life, registration } = lasting('a');
    await withManager([registration()], async (manager) => {
      await manager.configurePlugin('a', { conditions: [{ tools: ['other'] }], timeout: 3 });
      expect(await codeOf(manager)).toBeUndefined();
      expect(life).toEqual(['+']);
    });
  });

  it('are told to observers, not the start', async () => {
    const changes: ConfigurationChange[] = [];
    await withManager(
      [],
      async (manager) => {
        await manager.addPlugin(lasting('a').registration());
        expect(changes).toEqual([{ added: ['a'], removed: [], changed: [] }]);
      },
      { observers: [{ onConfigurationChange: (change) => changes.push(change) }] },
    );
  });
});
