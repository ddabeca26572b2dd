import { expect, it } from 'vitest';
import { abandonSessions } from './abandoned-sessions.js';

it('C17: 1 000 sessions that are opened and left are closed when they are idle, at both ends, and their memory returns', async () => {
  const { left, upstream, heap } = await abandonSessions(1000, 5000);
  expect({ left, upstream }).toEqual({ left: 0, upstream: { opened: 1100, ended: 1100 } });
  expect(heap.open).toBeGreaterThan(heap.after);
  expect(heap.after / heap.before).toBeLessThan(1.1);
});
