import { expect, it } from 'vitest';
import { abandonSessions } from './abandoned-sessions.js';

it('C17: 10 000 sessions that are opened and left are closed when they are idle, at both ends, and their memory returns', async () => {
  const { left, upstream, heap } = await abandonSessions(10_000, 20_000);
  expect({ left, upstream }).toEqual({ left: 0, upstream: { opened: 11_000, ended: 11_000 } });
  expect(heap.open).toBeGreaterThan(heap.after);
  expect(heap.after / heap.before).toBeLessThan(1.1);
});
