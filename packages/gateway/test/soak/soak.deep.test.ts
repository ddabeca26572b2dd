import { describe, expect, it } from 'vitest';
import { soak } from './soak.js';

describe('64 sessions with 1 000 000 calls', () => {
  it('get every answer once and in its own session; the server saw exactly the calls that were allowed; memory stays flat', async () => {
    const { calls, allowed, counted, wrong, heap } = await soak(1_000_000);
    expect({ wrong, counted }).toEqual({ wrong: 0, counted: allowed });
    expect(allowed).toBeLessThan(calls);
    expect(heap.late / heap.early).toBeLessThan(1.1);
  });
});
