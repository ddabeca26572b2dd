import { afterEach, describe, expect, it, vi } from 'vitest';
import { readRetryAfter } from '../../src/http/client/retry-after.js';

describe('readRetryAfter', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    [429, '7', 7000],
    [503, '0', 0],
    [503, 'Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    [503, 'Wed, 31 Dec 2025 23:00:00 GMT', 0],
    [503, 'soon', undefined],
    [503, '-1', undefined],
    [503, undefined, undefined],
    [500, '7', undefined],
  ])('reads of HTTP %s with %s: %s', (status, value, milliseconds) => {
    vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z'), toFake: ['Date'] });
    expect(readRetryAfter(status, value)).toBe(milliseconds);
  });
});
