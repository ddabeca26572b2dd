import { describe, expect, it, vi } from 'vitest';
import type { PluginConfigInput } from '../../src/config/plugin-config.js';
import { definePlugin } from '../../src/plugin/define-plugin.js';
import type { HookHandlers } from '../../src/plugin/hook-handlers.js';
import type { PluginClass } from '../../src/plugin/plugin-class.js';
import { block, modify, proceed, respond } from '../../src/results/hook-result.js';
import { ServedPlugins, type WireContext } from '../../src/wire/index.js';

const context: WireContext = {
  global: { requestId: 'r1', user: 'ada' },
  shared: { count: 1 },
  local: { mine: 'x' },
  metadata: { kept: true },
};
const payload = () => ({ name: 'echo', args: { a: 1 } });

async function start(hooks: HookHandlers, config: Partial<PluginConfigInput> = {}): Promise<ServedPlugins> {
  const pluginClass = definePlugin({ name: 'test', hooks: () => hooks });
  return ServedPlugins.start({
    plugins: [{ config: { name: 'Guard', kind: 'test', ...config }, load: () => pluginClass as PluginClass }],
  });
}

describe('ServedPlugins', () => {
  it('gives a handler the state of the call and returns what became of it', async () => {
    await using served = await start({
      tool_pre_invoke: (_payload, { user, state, local }) => {
        expect(user).toBe('ada');
        expect(state).toEqual({ count: 1 });
        local.set('mine', `${String(local.get('mine'))}y`);
        return proceed();
      },
      tool_post_invoke: (_payload, handlerContext) => {
        handlerContext.setState('count', 2);
        handlerContext.setState('more', [1]);
        return proceed({ seen: 1 });
      },
    });
    const plugin = served.get('Guard');
    expect(await plugin?.call('tool_pre_invoke', payload(), context)).toEqual({
      kind: 'result',
      result: { continueProcessing: true, metadata: {} },
      state: { shared: { count: 1 }, local: { mine: 'xy' }, metadata: { kept: true } },
    });
    expect(await plugin?.call('tool_post_invoke', { name: 'echo', result: {} }, context)).toMatchObject({
      result: { metadata: { seen: 1 } },
      state: { shared: { count: 2, more: [1] } },
    });
  });

  it.each(['enforce', 'permissive', 'audit', 'fire_and_forget', 'concurrent'] as const)(
    'returns a refusal whole when its own mode is %s',
    async (mode) => {
      const answer = { ...block({ code: 'C', reason: 'R' }), modifiedPayload: { name: 'echo', args: {} } };
      await using served = await start({ tool_pre_invoke: () => answer }, { mode, onError: 'ignore' });
      expect(await served.get('Guard')?.call('tool_pre_invoke', payload(), context)).toMatchObject({
        kind: 'result',
        result: {
          continueProcessing: false,
          violation: { code: 'C', reason: 'R' },
          modifiedPayload: { args: {} },
        },
      });
    },
  );

  it('does not look at conditions: the host has', async () => {
    await using served = await start(
      { tool_pre_invoke: () => block({ code: 'C', reason: 'R' }) },
      { conditions: [{ tools: ['other'], userPatterns: ['nobody'] }] },
    );
    expect(await served.get('Guard')?.call('tool_pre_invoke', payload(), context)).toMatchObject({
      result: { continueProcessing: false },
    });
  });

  it('returns a response', async () => {
    await using served = await start({ tool_pre_invoke: () => respond({ content: [] }) });
    expect(await served.get('Guard')?.call('tool_pre_invoke', payload(), context)).toMatchObject({
      result: { response: { result: { content: [] } } },
    });
  });

  it.each([
    ['throws', () => Promise.reject(new Error('kaboom')), { message: 'kaboom' }],
    ['changes what is not writable', () => modify({ name: 'other', args: {} }), { code: 'NOT_WRITABLE' }],
    ['answers with nonsense', () => 'yes' as never, { code: 'RESULT_INVALID' }],
    [
      'writes in place',
      (frozen: object) => {
        (frozen as { name: string }).name = 'x';
      },
      { name: 'TypeError' },
    ],
  ])('reports a plugin that %s', async (_, handler, error) => {
    await using served = await start({
      tool_pre_invoke: handler as HookHandlers['tool_pre_invoke'],
    } as HookHandlers);
    const answer = await served.get('Guard')?.call('tool_pre_invoke', payload(), context);
    expect(answer).toMatchObject({ kind: 'failure', error });
  });

  it('reports a plugin that does not answer in time, and fires its signal', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    try {
      let aborted: AbortSignal | undefined;
      await using served = await start(
        {
          tool_pre_invoke: (_payload, { signal }) => {
            aborted = signal;
            return new Promise(() => {});
          },
        },
        { timeout: 1 },
      );
      const answer = served.get('Guard')?.call('tool_pre_invoke', payload(), context);
      await vi.advanceTimersByTimeAsync(2000);
      expect(await answer).toMatchObject({ kind: 'failure', error: { code: 'PLUGIN_TIMEOUT' } });
      expect(aborted?.aborted).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses a payload that is too large, also of a plugin whose mode may not block', async () => {
    await using served = await start({ tool_pre_invoke: () => proceed() }, { mode: 'permissive' });
    const large = { name: 'echo', args: { a: 'x'.repeat(1_000_001) } };
    expect(await served.get('Guard')?.call('tool_pre_invoke', large, context)).toMatchObject({
      result: { continueProcessing: false, violation: { code: 'PAYLOAD_TOO_LARGE' } },
    });
  });

  it('ends a call that the host cancels', async () => {
    await using served = await start({ tool_pre_invoke: () => new Promise(() => {}) });
    const cancelling = new AbortController();
    const answer = served.get('Guard')?.call('tool_pre_invoke', payload(), context, cancelling.signal);
    cancelling.abort();
    expect(await answer).toMatchObject({ result: { violation: { code: 'REQUEST_CANCELLED' } } });
  });

  it.each([
    ['a hook that the plugin does not run on', 'tool_post_invoke', payload(), 'HOOK_NOT_IMPLEMENTED'],
    ['a payload that does not fit the contract', 'tool_pre_invoke', { name: 1, args: {} }, 'WIRE_INVALID'],
  ])('refuses %s', async (_, hook, given, code) => {
    await using served = await start({ tool_pre_invoke: () => proceed() });
    await expect(async () => served.get('Guard')?.call(hook, given, context)).rejects.toMatchObject({ code });
  });

  it('runs a plugin on the hooks of its configuration only', async () => {
    await using served = await start(
      { tool_pre_invoke: () => proceed(), tool_post_invoke: () => proceed() },
      { hooks: ['tool_post_invoke'] },
    );
    expect(served.get('Guard')?.hooks).toEqual(['tool_post_invoke']);
  });

  it('finds plugins in any letter case and gets them by their exact name', async () => {
    await using served = await start({ tool_pre_invoke: () => proceed() });
    expect(served.get('guard')).toBeUndefined();
    expect(served.find('gUARD')).toBe(served.get('Guard'));
    expect(served.find('other')).toBeUndefined();
  });

  it('does not start without a plugin that cannot, unless its on_error says so', async () => {
    const load = () => Promise.reject(new Error('no module'));
    const config = { name: 'a', kind: 'x', mode: 'permissive' } as const;
    await expect(ServedPlugins.start({ plugins: [{ config, load }] })).rejects.toThrow('no module');
    await using served = await ServedPlugins.start({
      plugins: [{ config: { ...config, onError: 'ignore' }, load }],
    });
    expect(served.all()).toEqual([]);
    expect(served.health()).toMatchObject([{ plugin: 'a', status: 'failed' }]);
  });

  it('does not load a plugin that is disabled', async () => {
    await using served = await start({ tool_pre_invoke: () => proceed() }, { mode: 'disabled' });
    expect(served.all()).toEqual([]);
  });

  it('shuts plugins down once', async () => {
    const shutdown = vi.fn<() => void>();
    const pluginClass = definePlugin({
      name: 'test',
      hooks: () => ({ tool_pre_invoke: () => proceed() }),
      shutdown,
    });
    const served = await ServedPlugins.start({
      plugins: [{ config: { name: 'a', kind: 'x' }, load: () => pluginClass as PluginClass }],
    });
    await Promise.all([served.shutdown(), served.shutdown()]);
    expect(shutdown).toHaveBeenCalledOnce();
  });
});
