import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleClock } from '../../src/upstream/idle-clock.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function startClock() {
  const use = { isInUse: false, last: performance.now() };
  const strikes: number[] = [];
  const begun = performance.now();
  const clock = new IdleClock({
    idleMs: 1000,
    isInUse: () => use.isInUse,
    lastUse: () => use.last,
    onIdle: () => void strikes.push(performance.now() - begun),
  });
  return { use, strikes, clock };
}

describe('IdleClock', () => {
  it('strikes once, after the time without use', () => {
    const { strikes } = startClock();
    vi.advanceTimersByTime(999);
    expect(strikes).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(strikes).toEqual([1000]);
  });

  it('counts from the last use', () => {
    const { use, strikes } = startClock();
    vi.advanceTimersByTime(900);
    use.last = performance.now();
    vi.advanceTimersByTime(10_000);
    expect(strikes).toEqual([2000]);
  });

  it('does not strike while it is in use, nor soon after, however long that was', () => {
    const { use, strikes } = startClock();
    use.isInUse = true;
    vi.advanceTimersByTime(60_000);
    use.isInUse = false;
    vi.advanceTimersByTime(749);
    expect(strikes).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(strikes).toEqual([61_000]);
  });

  it('does not strike once it is stopped', () => {
    const { strikes, clock } = startClock();
    clock.stop();
    vi.advanceTimersByTime(10_000);
    expect(strikes).toEqual([]);
  });
});
