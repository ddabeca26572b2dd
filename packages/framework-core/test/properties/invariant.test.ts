import { it } from 'vitest';
import { useFakeTime } from '../support/time.js';
import { checkInvariant } from './invariant.js';

useFakeTime();

// oxlint-disable-next-line vitest/expect-expect -- the property expects.
it('a call continues only when every step of its plan is settled, in 20 000 random runs', async () => {
  await checkInvariant(20_000);
}, 120_000);
