import { describe, expect, it } from 'vitest';
import { getEventListeners } from 'node:events';
import { modify, type Outcome, type PluginContext, proceed } from '../../src/index.js';
import { callWith, faultModes, policyOf, resultOf, untouched } from '../support/faults.js';
import {
  anyHook,
  plugin,
  recordsOf,
  type TestHandler,
  toolCall,
  withManager,
  withRequest,
} from '../support/host.js';

describe.each(faultModes)('what a plugin does to others, mode %s', (mode) => {
  it('P11: writes into its payload and returns nothing', async () => {
    expect(
      await resultOf(
        (payload) => void ((payload['args'] as Record<string, unknown>)['text'] = 'changed'),
        mode,
      ),
    ).toEqual(policyOf(mode, 'PAYLOAD_MUTATED'));
  });

  it('P11: swallows the error of its write: no effect', async () => {
    const { outcome, seen } = await callWith(
      (payload) => {
        Reflect.set(payload['args'] as object, 'text', 'changed');
        Reflect.deleteProperty(payload, 'args');
      },
      { mode },
    );
    expect(seen).toEqual(untouched);
    expect(outcome.modifiedPayload).toBeUndefined();
  });

  it('P12: writes into its payload, then throws', async () => {
    expect(
      await resultOf((payload) => {
        Reflect.set(payload['args'] as object, 'text', 'changed');
        throw new Error('after the write');
      }, mode),
    ).toEqual(policyOf(mode, 'PLUGIN_ERROR'));
  });

  it('P13: keeps what it returned and changes it afterwards: no effect', async () => {
    const args = { text: 'returned', list: [1] };
    const { outcome, seen } = await callWith(
      (payload) => {
        queueMicrotask(() => Object.assign(args, { text: 'forged' }));
        return Promise.resolve(modify({ ...payload, args }));
      },
      { mode },
    );
    args.list.push(2);
    expect(seen).toEqual(toolCall({ text: expect.any(String), list: [1] }));
    expect(outcome.modifiedPayload).toEqual(seen);
  });

  it('P14: freezes or deletes what is shared: its own view only', async () => {
    const seen: unknown[] = [];
    const meddling: TestHandler = (_payload, context) => {
      Object.freeze(context);
      for (const key of ['global', 'metadata', 'state'] as const) Object.freeze(context[key]);
      Reflect.deleteProperty(context.global, 'user');
      context.local.clear();
    };
    const reading = (_payload: object, context: PluginContext) => {
      context.setState('mine', 1);
      context.local.set('mine', 1);
      seen.push([context.user, context.getState('mine')]);
    };
    await withManager(
      [plugin('meddling', meddling, { mode }), plugin('reading', reading)],
      async (manager) => {
        const request = manager.openRequest({ user: 'ada' });
        await request.invoke(anyHook, toolCall());
        expect((await request.invoke(anyHook, toolCall())).continueProcessing).toBe(true);
      },
    );
    expect(seen).toEqual([
      ['ada', 1],
      ['ada', 1],
    ]);
  });

  it('P15: __proto__, constructor and prototype keys stay data, in a thousand calls', async () => {
    const args = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":2}',
    ) as object;
    const handler: TestHandler = (payload) =>
      modify(
        { ...payload, args: { ...(payload['args'] as object), added: 1 } },
        JSON.parse('{"__proto__":{"polluted":1}}') as object as Record<string, unknown>,
      );
    await withRequest([plugin('a', handler, { mode })], async (request) => {
      let outcome: Outcome = { continueProcessing: false, metadata: {} };
      for (let call = 0; call < 1000; call++)
        outcome = await request.invoke(anyHook, { name: 'echo', args: { ...args } });
      expect(JSON.stringify(outcome.modifiedPayload)).toBe(
        '{"name":"echo","args":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":2,"added":1}}',
      );
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
    });
  });

  it('P17: a thousand interleaved requests never see the state of another', async () => {
    const strange: unknown[] = [];
    const handler = async (_payload: object, context: PluginContext) => {
      context.setState('key', context.requestId);
      context.local.set('key', context.requestId);
      for (let turn = 0; turn < Number(context.requestId) % 7; turn++) await Promise.resolve();
      if (context.getState('key') !== context.requestId || context.local.get('key') !== context.requestId)
        strange.push(context.requestId);
    };
    const other = async (_payload: object, context: PluginContext) => {
      if (context.getState('key') !== context.requestId || context.local.has('key'))
        strange.push(context.requestId);
    };
    await withManager([plugin('a', handler, { mode }), plugin('b', other, { mode })], async (manager) => {
      const requests = Array.from({ length: 1000 }, (_, id) =>
        manager.openRequest({ requestId: String(id) }),
      );
      await Promise.all(requests.map(async (request) => request.invoke(anyHook, toolCall())));
      await Promise.all(requests.map(async (request) => request.invoke(anyHook, toolCall())));
    });
    expect(strange).toEqual([]);
  });

  it('P18: reserved metadata is dropped', async () => {
    const { outcome } = await callWith(
      () => proceed({ _decisions: [{ plugin: 'next', verdict: 'block' }], __proto__: null, score: 1 }),
      { mode },
    );
    expect(outcome.metadata).toEqual({ score: 1 });
    expect(recordsOf(outcome)).toEqual(['faulty ran proceed', 'next ran proceed']);
  });

  it('P19: a listener on each signal leaves nothing behind', async () => {
    const controller = new AbortController();
    await withManager(
      [
        plugin('a', async (_payload, { signal }) => signal.addEventListener('abort', () => undefined), {
          mode,
        }),
      ],
      async (manager) => {
        for (let call = 0; call < 2000; call++) {
          await using request = manager.openRequest({}, { signal: controller.signal });
          await request.invoke(anyHook, toolCall());
        }
        expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
      },
    );
  });
});
