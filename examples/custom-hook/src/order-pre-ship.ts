import { defineHook } from '@mcpplugins/framework-core';
import { z } from 'zod';

/** Before an order leaves the house. Conditions compare `agents` with its carrier. */
export const orderPreShip = defineHook({
  name: 'order_pre_ship',
  phase: 'pre',
  payload: z.object({
    orderId: z.string(),
    carrier: z.string(),
    value: z.number(),
    insured: z.boolean(),
  }),
  target: ({ carrier }) => ({ agents: carrier }),
  writable: ['insured'],
});

declare module '@mcpplugins/framework-core' {
  interface HookContracts {
    order_pre_ship: typeof orderPreShip;
  }
}
