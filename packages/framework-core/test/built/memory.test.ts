import { expect, it } from 'vitest';
import { soak } from './soak.js';

it('50 000 requests leave no memory, listener, timer or promise behind', async () => {
  const { ratio, listeners, resources } = await soak(50_000);
  expect(ratio).toBeLessThan(1.05);
  expect([listeners, resources]).toEqual([0, []]);
}, 120_000);
