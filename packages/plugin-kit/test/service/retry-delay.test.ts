import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPassingStatus, retryDelay } from '../../src/service/retry-delay.js';

describe('retryDelay', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') }));
  afterEach(() => void vi.useRealTimers());

  it.each([
    [0, 1, 100],
    [1, 1, 200],
    [3, 0.5, 400],
    [2, 0, 0],
  ])('before try %i with luck %d is %i ms', (attempt, luck, delay) =>
    expect(retryDelay(attempt, { baseMs: 100, random: () => luck, retryAfter: null })).toBe(delay),
  );

  it.each([
    ['7', 7000],
    ['Tue, 01 Jan 2030 00:00:09 GMT', 9000],
    ['Tue, 01 Jan 2029 00:00:00 GMT', 0],
    ['soon', 100],
  ])('does as the service asks with %j', (retryAfter, delay) =>
    expect(retryDelay(0, { baseMs: 100, random: () => 1, retryAfter })).toBe(delay),
  );
});

describe('isPassingStatus', () => {
  it('tells a busy service from one that refuses', () => {
    expect([408, 429, 500, 502, 503, 504].every(isPassingStatus)).toBe(true);
    expect([400, 401, 403, 404, 422, 501].some(isPassingStatus)).toBe(false);
  });
});
