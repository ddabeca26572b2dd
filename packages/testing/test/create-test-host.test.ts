import { defineHook, definePlugin, modify, on } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { behaviours, createTestHost, pluginOf, spyPlugin } from '../src/index.js';

const Loud = definePlugin({
  name: 'loud',
  settings: z.object({ mark: z.string().default('!') }),
  hooks: ({ settings }) => ({
    tool_pre_invoke: (payload) =>
      modify({ ...payload, args: { text: `${String(payload.args['text'])}${settings.mark}` } }),
  }),
});

describe('createTestHost', () => {
  it('makes the test of a plugin three lines', async () => {
    await using host = await createTestHost([pluginOf(Loud, { config: { mark: '?' } })]);
    const outcome = await host.invoke('tool_pre_invoke', { args: { text: 'hello' } });
    expect(outcome.modifiedPayload?.args).toEqual({ text: 'hello?' });
  });

  it('takes a class alone, and names it after itself', async () => {
    await using host = await createTestHost([Loud]);
    expect(host.manager.config.plugins[0]?.name).toBe('loud');
    expect((await host.invoke('tool_pre_invoke')).modifiedPayload?.args).toEqual({ text: 'hello!' });
  });

  it('has one record per plugin in the outcome, and keeps all of them', async () => {
    await using host = await createTestHost([Loud, spyPlugin({ mode: 'fire_and_forget' })]);
    const { decisions } = await host.invoke('tool_pre_invoke');
    expect(decisions).toEqual([
      expect.objectContaining({ plugin: 'loud', verdict: 'modify', changedPaths: ['/args/text'] }),
    ]);
    await Promise.resolve();
    await expect.poll(() => host.records.map(({ plugin }) => plugin)).toEqual(['loud', 'spy']);
  });

  it('keeps one request until the next is asked for', async () => {
    const spy = spyPlugin({ behaviour: (_payload, { local }) => void local.set('calls', local.size + 1) });
    await using host = await createTestHost([spy], { global: { user: 'ada' } });
    await host.invoke('tool_pre_invoke');
    await host.invoke('tool_post_invoke');
    const first = host.request;
    host.nextRequest({ user: 'grace' });
    await host.invoke('tool_pre_invoke');
    expect(spy.calls.map(({ context }) => [context.requestId, context.user])).toEqual([
      ['test-1', 'ada'],
      ['test-1', 'ada'],
      ['test-2', 'grace'],
    ]);
    expect(spy.calls[0]?.context.local).toBe(spy.calls[1]?.context.local);
    expect(spy.calls[2]?.context.local).not.toBe(spy.calls[0]?.context.local);
    expect(() => first.has('tool_pre_invoke')).toThrow(expect.objectContaining({ code: 'REQUEST_CLOSED' }));
  });

  it('calls custom hooks by their contract', async () => {
    const orderPreShip = defineHook({
      name: 'order_pre_ship',
      phase: 'pre',
      payload: z.object({ orderId: z.string() }),
      writable: ['orderId'],
    });
    const Shipping = definePlugin({
      name: 'shipping',
      contracts: [orderPreShip],
      hooks: () => on(orderPreShip, ({ orderId }) => modify({ orderId: `${orderId}-1` })),
    });
    await using host = await createTestHost([Shipping]);
    expect((await host.invoke(orderPreShip, { orderId: 'a' })).modifiedPayload).toEqual({ orderId: 'a-1' });
  });

  it('shuts plugins down', async () => {
    const spy = spyPlugin();
    await (await createTestHost([spy]))[Symbol.asyncDispose]();
    expect(spy.life).toEqual(['initialize', 'shutdown']);
  });

  it('tells of a plugin that cannot start', async () => {
    await expect(createTestHost([pluginOf(Loud, { config: { mark: 7 } })])).rejects.toMatchObject({
      code: 'PLUGIN_SETTINGS_INVALID',
    });
  });
});

describe('spyPlugin', () => {
  it('sees every built-in hook and lets it go on', async () => {
    const spy = spyPlugin();
    await using host = await createTestHost([spy]);
    expect(await host.invoke('prompt_pre_fetch')).toMatchObject({ continueProcessing: true });
    await host.invoke('http_pre_request');
    expect(spy.calls.map(({ hook }) => hook)).toEqual(['prompt_pre_fetch', 'http_pre_request']);
    expect(Object.isFrozen(spy.calls[0]?.payload)).toBe(true);
  });

  it.each([
    ['proceed', behaviours.proceed({ n: 1 }), 'ran proceed'],
    ['modify', behaviours.modify({ args: {} }), 'ran modify'],
    ['block', behaviours.block(), 'ran block SPY_BLOCKED'],
    ['respond', behaviours.respond(1), 'ran respond'],
    ['setState', behaviours.setState('a', 1), 'ran proceed'],
    ['throwing', behaviours.throwing(), 'error PLUGIN_ERROR'],
    ['rejecting', behaviours.rejecting(), 'error PLUGIN_ERROR'],
    ['hanging', behaviours.hanging(), 'timeout PLUGIN_TIMEOUT'],
    ['slow', behaviours.slow(1, behaviours.modify({ args: {} })), 'ran modify'],
    ['garbage', behaviours.garbage(), 'error RESULT_INVALID'],
    ['mutating', behaviours.mutating(), 'error PAYLOAD_MUTATED'],
  ])('behaves: %s', async (_name, behaviour, expected) => {
    await using host = await createTestHost([spyPlugin({ behaviour, timeout: 0.05 })]);
    const { decisions } = await host.invoke('tool_pre_invoke');
    const [record] = decisions ?? [];
    expect([record?.status, record?.verdict, record?.code].filter(Boolean).join(' ')).toBe(expected);
  });

  it('behaves in turn', async () => {
    const behaviour = behaviours.inTurn(behaviours.throwing(), behaviours.block());
    await using host = await createTestHost([spyPlugin({ behaviour, onError: 'ignore' })]);
    const outcomes = [];
    for (let call = 0; call < 3; call++)
      outcomes.push((await host.invoke('tool_pre_invoke')).continueProcessing);
    expect(outcomes).toEqual([true, false, false]);
  });
});
