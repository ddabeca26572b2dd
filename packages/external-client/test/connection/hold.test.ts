import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Hold } from '../../src/connection/hold.js';

describe('Hold', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('refuses calls until the time is over, and says how long that is', () => {
    const hold = new Hold('p', 60_000);
    hold.begin(7000);
    vi.advanceTimersByTime(2500);
    expect(() => hold.check(undefined)).toThrow('plugin server p asked to be left alone for another 5 s');
    expect(() => hold.check(undefined)).toThrow(expect.objectContaining({ code: 'PEER_UNAVAILABLE' }));
    vi.advanceTimersByTime(4500);
    expect(() => hold.check(undefined)).not.toThrow();
    expect(hold.isSet).toBe(false);
  });

  it('lasts no longer than it may, whatever the server asks for', () => {
    const hold = new Hold('p', 1000);
    hold.begin(3_600_000);
    expect(hold.leftMs).toBe(1000);
  });

  it('is not shortened by a later wish, and not begun by none', () => {
    const hold = new Hold('p', 60_000);
    hold.begin(undefined);
    expect(hold.isSet).toBe(false);
    hold.begin(5000);
    hold.begin(1000);
    expect(hold.leftMs).toBe(5000);
  });
});
