import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  createPluginContext,
  defineHook,
  definePlugin,
  type HookHandlers,
  modify,
  on,
  Plugin,
  type PluginContext,
} from '../../src/index.js';
import { toolCall, withRequest } from '../support/host.js';

const settings = z.object({
  words: z.array(z.string()).default(['x']),
  mask: z.string().trim().default('***'),
});

class WordFilter extends Plugin<typeof settings> {
  static override readonly settingsSchema = settings;
  override readonly hooks = {
    tool_pre_invoke: (payload) =>
      modify({ ...payload, args: { words: this.settings.words, mask: this.settings.mask } }),
  } satisfies HookHandlers;
}

describe('Plugin', () => {
  it('parses its settings once, with defaults and transforms', () => {
    const plugin = new WordFilter({ name: 'w', kind: 'k', config: { mask: ' # ' } });
    expect(plugin.settings).toEqual({ words: ['x'], mask: '#' });
    expect([plugin.name, plugin.mode, plugin.priority, plugin.conditions]).toEqual(['w', 'enforce', 100, []]);
  });

  it('takes any settings when it has no schema', () => {
    class Plain extends Plugin {}
    expect(new Plain({ name: 'p', kind: 'k', config: { any: 1 } }).settings).toEqual({ any: 1 });
  });

  it('PLUGIN_SETTINGS_INVALID: names the setting and keeps the paths', () => {
    const make = () => new WordFilter({ name: 'w', kind: 'k', config: { words: 'x' } });
    expect(make).toThrow(
      expect.objectContaining({
        code: 'PLUGIN_SETTINGS_INVALID',
        plugin: 'w',
        message: expect.stringContaining('config: words'),
        cause: expect.objectContaining({ issues: [expect.objectContaining({ path: ['words'] })] }),
      }),
    );
  });

  it('CONFIG_INVALID: names every wrong field', () => {
    expect(
      () => new WordFilter({ name: 'w', kind: '', priority: 'x' as never, moode: 'audit' } as never),
    ).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(/"w".*kind.*priority.*moode/s),
      }),
    );
  });

  it('is called by hand in a unit test', () => {
    const plugin = new WordFilter({ name: 'w', kind: 'k' });
    expect(plugin.hooks.tool_pre_invoke(toolCall())).toMatchObject({
      continueProcessing: true,
    });
  });
});

describe('hookMethods', () => {
  it('are handlers that keep their this', async () => {
    class Classic extends Plugin {
      static override readonly hookMethods = ['tool_pre_invoke'];
      tool_pre_invoke(payload: object, { requestId }: PluginContext) {
        return modify({ ...payload, args: { by: this.name, requestId } });
      }
    }
    await withRequest([{ config: { name: 'classic', kind: 'k' }, load: () => Classic }], async (request) => {
      expect((await request.invoke('tool_pre_invoke', toolCall())).modifiedPayload?.args['by']).toBe(
        'classic',
      );
    });
  });
});

describe('definePlugin', () => {
  it('makes a class whose instances have state of their own', () => {
    const Counting = definePlugin({
      name: 'counting',
      version: '1.2.3',
      settings: z.object({ start: z.number().default(0) }),
      hooks: ({ settings: { start } }) => {
        let calls = start;
        return {
          tool_pre_invoke: () => void calls++,
          prompt_pre_fetch: () => ({ continueProcessing: true, metadata: { calls } }),
        };
      },
    });
    const [a, b] = [
      new Counting({ name: 'a', kind: 'k' }),
      new Counting({ name: 'b', kind: 'k', config: { start: 5 } }),
    ];
    const context = createPluginContext();
    void a.hooks.tool_pre_invoke(toolCall(), context);
    const prompt = { name: 'p', args: {} };
    expect(a.hooks.prompt_pre_fetch(prompt, context)).toMatchObject({ metadata: { calls: 1 } });
    expect(b.hooks.prompt_pre_fetch(prompt, context)).toMatchObject({ metadata: { calls: 5 } });
    expect([Counting.pluginName, Counting.version]).toEqual(['counting', '1.2.3']);
  });

  it('hands life-cycle functions the instance', async () => {
    const life: string[] = [];
    const Living = definePlugin({
      name: 'living',
      hooks: () => ({ tool_pre_invoke: () => undefined }),
      initialize: ({ name }) => void life.push(`+${name}`),
      shutdown: ({ name }) => void life.push(`-${name}`),
    });
    await withRequest([{ config: { name: 'a', kind: 'k' }, load: () => Living }], () => undefined);
    expect(life).toEqual(['+a', '-a']);
    expect('healthCheck' in new Living({ name: 'a', kind: 'k' })).toBe(false);
  });
});

describe('on', () => {
  it('handles a custom hook, alone or beside others', async () => {
    const order = defineHook({
      name: 'order_pre_ship',
      phase: 'pre',
      payload: z.object({ orderId: z.string() }),
      writable: ['orderId'],
    });
    const Shipping = definePlugin({
      name: 'shipping',
      contracts: [order],
      hooks: () => ({
        tool_pre_invoke: () => undefined,
        ...on(order, ({ orderId }) => modify({ orderId: `${orderId}!` })),
      }),
    });
    await withRequest([{ config: { name: 's', kind: 'k' }, load: () => Shipping }], async (request) => {
      expect((await request.invoke(order, { orderId: 'a' })).modifiedPayload).toEqual({ orderId: 'a!' });
      const other = defineHook({ ...order, payload: z.object({ orderId: z.string() }) });
      expect(() => request.invoke(other, { orderId: 'a' })).toThrow(
        expect.objectContaining({ code: 'CONTRACT_CONFLICT' }),
      );
    });
  });
});
