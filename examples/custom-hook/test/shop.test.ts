import type { HookHandlers, PluginManager } from '@mcpplugins/framework-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ship, startGuard } from '../src/shop.js';

let manager: PluginManager;
beforeAll(async () => {
  manager = await startGuard();
});
afterAll(() => manager.shutdown());

describe('the shop', () => {
  it.each([
    ['a cheap order', 'courier-1', 20, 'gone with courier-1, not insured'],
    ['a dear order', 'courier-1', 200, 'gone with courier-1, insured'],
    ['a precious order', 'courier-1', 2000, 'kept: courier-1 takes nothing above 1000'],
    [
      'a precious order with a carrier that no condition names',
      'armoured-car',
      2000,
      'gone with armoured-car, not insured',
    ],
  ])('asks its plugins about %s', async (_what, carrier, value, outcome) => {
    expect(await ship(manager, { orderId: '7', carrier, value, insured: false })).toBe(outcome);
  });

  it('is typed by the name of the hook', () => {
    const handlers: HookHandlers = {
      // @ts-expect-error an order has no weight
      order_pre_ship: ({ weight }) => void weight,
    };
    expect(Object.keys(handlers)).toEqual(['order_pre_ship']);
  });
});
