import { expect, it } from 'vitest';
import { soak } from './soak.js';

it('1 000 000 requests leave no memory, listener, timer or promise behind', async () => {
  const { ratio, listeners, resources } = await soak(1_000_000);
  expect(ratio).toBeLessThan(1.05);
  expect([listeners, resources]).toEqual([0, []]);
}, 1_500_000);
