import { describe, expect, it } from 'vitest';
import { block, modify, type PluginContext, PluginManager, proceed } from '../../src/index.js';
import {
  anyHook,
  deferred,
  plugin,
  type TestHandler,
  type TestPluginOptions,
  toolCall,
  withRequest,
} from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

/** What the second plugin of a call sees in the state, after a first one that writes and answers in some way. */
async function seenAfter(first: TestHandler, options: TestPluginOptions = {}): Promise<unknown> {
  let seen: unknown;
  const writer: TestHandler = (payload, context) => {
    context.setState('a', 1);
    return first(payload, context);
  };
  const reader: TestHandler = (_payload, context) => {
    seen = context.state;
  };
  await withRequest([plugin('writer', writer, options), plugin('reader', reader)], async (request) => {
    const pending = request.invoke(anyHook, toolCall());
    await pass(1100);
    await pending;
  });
  return seen;
}

useFakeTime();

describe('writes to shared state', () => {
  it.each<[string, TestHandler, TestPluginOptions]>([
    ['nothing', () => undefined, {}],
    ['nothing, later', () => Promise.resolve(), {}],
    ['proceed', () => proceed(), {}],
    ['a modification', (payload) => modify({ ...payload }), {}],
    ['a violation in permissive', () => block({ code: 'A', reason: 'b' }), { mode: 'permissive' }],
  ])('are seen by the next plugin after %s', async (_name, handler, options) => {
    expect(await seenAfter(handler, options)).toEqual({ a: 1 });
  });

  it.each<[string, TestHandler, TestPluginOptions]>([
    ['an error', () => Promise.reject(new Error('x')), { onError: 'ignore' }],
    [
      'a throw',
      () => {
        throw new Error('x');
      },
      { onError: 'ignore' },
    ],
    ['a result that is none', () => 'garbage', { onError: 'ignore' }],
    [
      'a modification that is refused',
      (payload) => modify({ ...payload, name: 'other' }),
      { mode: 'permissive' },
    ],
    ['a timeout', () => new Promise(() => undefined), { onError: 'ignore', timeout: 1 }],
    ['anything in audit', () => proceed(), { mode: 'audit' }],
  ])('are gone after %s', async (_name, handler, options) => {
    expect(await seenAfter(handler, options)).toEqual({});
  });

  it('of a handler that answers too late are gone as well', async () => {
    const late = deferred();
    const seen: unknown[] = [];
    const plugins = [
      plugin(
        'late',
        async (_payload, context) => {
          await late.promise;
          context.setState('a', 1);
        },
        { onError: 'ignore', timeout: 1 },
      ),
      plugin('reader', (_payload, context) => {
        seen.push(context.state);
      }),
    ];
    await withRequest(plugins, async (request) => {
      const first = request.invoke(anyHook, toolCall());
      await pass(1100);
      await first;
      late.resolve();
      await pass(1);
      const second = request.invoke(anyHook, toolCall());
      await pass(1);
      await second;
    });
    expect(seen).toEqual([{}, { a: 1 }]);
  });

  it('of a kept context change nothing after the handler has answered', async () => {
    let kept: PluginContext | undefined;
    const seen: unknown[] = [];
    const plugins = [
      plugin('keeper', (_payload, context) => {
        kept ??= context;
      }),
      plugin('reader', (_payload, context) => {
        seen.push(context.state);
      }),
    ];
    await withRequest(plugins, async (request) => {
      await request.invoke(anyHook, toolCall());
      kept?.setState('forged', true);
      await request.invoke(anyHook, toolCall());
    });
    expect(kept?.getState('forged')).toBe(true);
    expect(seen).toEqual([{}, {}]);
  });

  it('are kept from the pre to the post hook, and from no request to another', async () => {
    const seen: unknown[] = [];
    const hooks = {
      tool_pre_invoke: (_payload: unknown, context: PluginContext) => {
        context.setState('id', context.requestId);
        context.local.set('id', context.requestId);
      },
      tool_post_invoke: (_payload: unknown, context: PluginContext) => {
        seen.push([context.requestId, context.getState('id'), context.local.get('id')]);
      },
    };
    const manager = await PluginManager.start({ plugins: [plugin('p', hooks)] });
    const requests = ['a', 'b'].map((requestId) => manager.openRequest({ requestId }));
    for (const request of requests) await request.invoke('tool_pre_invoke', toolCall());
    for (const request of requests) await request.invoke('tool_post_invoke', { name: 'echo', result: {} });
    expect(seen).toEqual([
      ['a', 'a', 'a'],
      ['b', 'b', 'b'],
    ]);
    await manager.shutdown();
  });
});

describe('private state', () => {
  it('is kept from hook to hook, and from other plugins', async () => {
    const seen: unknown[] = [];
    const count: TestHandler = (_payload, { local }) => {
      local.set('calls', Number(local.get('calls') ?? 0) + 1);
      seen.push(local.get('calls'));
    };
    await withRequest([plugin('a', count), plugin('b', count)], async (request) => {
      await request.invoke(anyHook, toolCall());
      await request.invoke(anyHook, toolCall());
    });
    expect(seen).toEqual([1, 1, 2, 2]);
  });
});

describe('hook calls of one request at the same time', () => {
  it('does not let a write of the one appear in the other half-way', async () => {
    const gate = deferred();
    const seen: unknown[] = [];
    let calls = 0;
    const plugins = [
      plugin('slow', {
        tool_pre_invoke: async (_payload: unknown, context: PluginContext) => {
          await gate.promise;
          seen.push(context.getState('calls'));
        },
        prompt_pre_fetch: (_payload: unknown, context: PluginContext) => context.setState('calls', ++calls),
      }),
    ];
    await withRequest(plugins, async (request) => {
      const prompt = () => request.invoke('prompt_pre_fetch', { name: 'p', args: {} });
      await prompt();
      const waiting = request.invoke(anyHook, toolCall());
      await prompt();
      await prompt();
      gate.resolve();
      await waiting;
    });
    expect(seen).toEqual([1]);
  });
});
