import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  block,
  defineHook,
  definePlugin,
  type DeepReadonly,
  type HookHandlers,
  type HostRequest,
  modify,
  type Observer,
  on,
  type Outcome,
  Plugin,
  proceed,
  respond,
} from '../../src/index.js';

const orderPreShip = defineHook({
  name: 'order_pre_ship',
  phase: 'pre',
  payload: z.object({ orderId: z.string(), lines: z.array(z.object({ itemId: z.string() })) }),
  writable: ['lines'],
});

const invoicePreSend = defineHook({
  name: 'invoice_pre_send',
  phase: 'pre',
  payload: z.object({ amount: z.number() }),
  writable: ['amount'],
});

declare module '../../src/contracts/hook-contracts.js' {
  interface HookContracts {
    invoice_pre_send: typeof invoicePreSend;
  }
}

/** What the compiler says; `npm run typecheck` fails when one of these is wrong. Nothing here is called. */
function never(_check: (request: HostRequest) => unknown): void {}

interface ToolCall {
  name: string;
  args: Record<string, unknown>;
  headers?: Record<string, string> | undefined;
}

describe('types of a hook call', () => {
  it('follow from the name of the hook', () => {
    never((request) => {
      const outcome = request.invoke('tool_pre_invoke', { name: 'x', args: {} });
      expectTypeOf(outcome).toEqualTypeOf<Outcome<ToolCall> | Promise<Outcome<ToolCall>>>();
    });
  });

  it('follow from the contract', () => {
    never(async (request) => {
      const { modifiedPayload } = await request.invoke(orderPreShip, { orderId: 'a', lines: [] });
      expectTypeOf(modifiedPayload).toEqualTypeOf<
        DeepReadonly<{ orderId: string; lines: { itemId: string }[] }> | undefined
      >();
    });
  });

  it('follow from an augmentation', () => {
    expectTypeOf<HostRequest>().toHaveProperty('invoke');
    never((request) => request.invoke('invoice_pre_send', { amount: 1 }));
    // @ts-expect-error -- a wrong payload of an augmented hook
    never((request) => request.invoke('invoice_pre_send', { amount: '1' }));
  });

  it('refuse a wrong hook, payload and key', () => {
    expectTypeOf<HostRequest>().toHaveProperty('invoke');
    // @ts-expect-error -- no such hook
    never((request) => request.invoke('tool_pre_invok', { name: 'x', args: {} }));
    // @ts-expect-error -- a payload of another hook
    never((request) => request.invoke('tool_pre_invoke', { uri: 'file:///x' }));
    // @ts-expect-error -- a misspelt key
    never((request) => request.invoke('tool_pre_invoke', { name: 'x', arg: {} }));
    // @ts-expect-error -- a wrong payload of a contract
    never((request) => request.invoke(orderPreShip, { orderId: 1, lines: [] }));
  });
});

describe('types of handlers', () => {
  it('are inferred with satisfies HookHandlers', () => {
    const handlers = {
      tool_pre_invoke: (payload, context) => {
        expectTypeOf(payload).toEqualTypeOf<DeepReadonly<ToolCall>>();
        expectTypeOf(context.requestId).toBeString();
        return modify({ ...payload, args: {} });
      },
      prompt_pre_fetch: async (payload) =>
        payload.name === 'x' ? block({ code: 'A', reason: 'b' }) : proceed(),
      resource_pre_fetch: () => respond({ contents: [] }),
      invoice_pre_send: ({ amount }) => modify({ amount: amount + 1 }),
    } satisfies HookHandlers;
    expectTypeOf(handlers.tool_pre_invoke).parameter(0).toEqualTypeOf<DeepReadonly<ToolCall>>();
  });

  it('are inferred in definePlugin, with the settings', () => {
    definePlugin({
      name: 'p',
      settings: z.object({ words: z.array(z.string()).default([]) }),
      hooks: ({ settings }) => {
        expectTypeOf(settings).toEqualTypeOf<{ words: string[] }>();
        return {
          tool_pre_invoke(payload) {
            expectTypeOf(payload).toEqualTypeOf<DeepReadonly<ToolCall>>();
          },
        };
      },
    });
  });

  it('are inferred by on, and stand alone', () => {
    class Shipping extends Plugin {
      override readonly hooks = {
        ...on(orderPreShip, ({ orderId, lines }) => {
          expectTypeOf(orderId).toBeString();
          expectTypeOf(lines).toEqualTypeOf<readonly { readonly itemId: string }[]>();
        }),
      };
    }
    expectTypeOf<Shipping>().toExtend<Plugin>();
    definePlugin({ name: 'p', hooks: () => on(orderPreShip, () => undefined) });
  });

  it('refuse writes, wrong results, and hooks that there are not', () => {
    const handlers = {
      tool_pre_invoke(payload) {
        // @ts-expect-error -- payloads are read-only
        payload.name = 'x';
        // @ts-expect-error -- at any depth
        payload.args['x'] = 1;
      },
    } satisfies HookHandlers;
    expectTypeOf(handlers).toBeObject();
    // @ts-expect-error -- no such hook
    void ({ tool_pre_invok: () => undefined } satisfies HookHandlers);
    // @ts-expect-error -- no result
    void ({ tool_pre_invoke: () => 'ok' } satisfies HookHandlers);
    // @ts-expect-error -- a payload of another hook
    void ({ tool_pre_invoke: () => modify({ uri: 'x' }) } satisfies HookHandlers);
    // @ts-expect-error -- a violation without a reason
    void ({ tool_pre_invoke: () => block({ code: 'A' }) } satisfies HookHandlers);
  });

  it('refuse contracts whose writable fields there are not', () => {
    expectTypeOf(defineHook).toBeFunction();
    const payload = z.object({ orderId: z.string() });
    // @ts-expect-error -- a misspelt field
    void (() => defineHook({ name: 'a', phase: 'pre', payload, writable: ['orderid'] }));
  });
});

describe('decision records', () => {
  it('name server and target to observers, who cannot change them', () => {
    const observer: Observer = {
      onDecisions: ([record]) => {
        expectTypeOf(record?.serverId).toEqualTypeOf<string | undefined>();
        expectTypeOf(record?.target).toEqualTypeOf<string | undefined>();
        // @ts-expect-error -- records are read-only
        if (record !== undefined) record.target = 'x';
      },
    };
    expectTypeOf(observer).toBeObject();
  });
});
