import { createTestHost, pluginOf } from '@mcpplugins/testing';
import { expect, it } from 'vitest';
import { orderPreShip } from '../src/order-pre-ship.js';
import { ShippingLimit } from '../src/shipping-limit.js';

it('ShippingLimit refuses what is above its limit', async () => {
  await using host = await createTestHost([pluginOf(ShippingLimit, { config: { limit: 50 } })]);
  const order = { orderId: '7', carrier: 'courier-1', value: 51, insured: false };
  const { violation } = await host.invoke(orderPreShip, order);
  expect(violation).toMatchObject({ code: 'TOO_VALUABLE', plugin: 'shipping-limit', hook: 'order_pre_ship' });
});
