import { defineHook } from '@mcpplugins/framework-core';
import { z } from 'zod';

/** Before a record is loaded. `source` is what conditions compare with `resources`. */
export const recordPreLoad = defineHook({
  name: 'record_pre_load',
  phase: 'pre',
  payload: z.object({ source: z.string(), record: z.record(z.string(), z.unknown()) }),
  target: ({ source }) => ({ resources: source }),
  writable: ['record'],
});
