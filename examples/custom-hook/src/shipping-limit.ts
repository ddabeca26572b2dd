import { block, type HookHandlers, modify, Plugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
import { orderPreShip } from './order-pre-ship.js';

const settings = z.object({ limit: z.number().positive() });

/** Insures what is worth more than a tenth of the limit, and refuses what is above it. */
export class ShippingLimit extends Plugin<typeof settings> {
  static override readonly settingsSchema = settings;
  static override readonly contracts = [orderPreShip];

  override readonly hooks = {
    order_pre_ship: (order) => {
      const { limit } = this.settings;
      if (order.value > limit) {
        return block({ code: 'TOO_VALUABLE', reason: `${order.carrier} takes nothing above ${limit}` });
      }
      return order.value > limit / 10 ? modify({ ...order, insured: true }) : undefined;
    },
  } satisfies HookHandlers;
}
