import { it } from 'vitest';
import { checkIsolation } from './isolation.js';

// oxlint-disable-next-line vitest/expect-expect -- the property expects.
it('everybody sees exactly the modifications that were returned and accepted, in 5 000 random runs', async () => {
  await checkIsolation(5_000);
}, 120_000);
