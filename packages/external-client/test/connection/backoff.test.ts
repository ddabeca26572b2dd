import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/connection/backoff.js';

describe('backoffMs', () => {
  it('doubles up to its limit', () => {
    const options = { firstMs: 100, longestMs: 1500, random: () => 0 };
    expect([1, 2, 3, 4, 5, 6, 1000].map((failures) => backoffMs(failures, options))).toEqual([
      100, 200, 400, 800, 1500, 1500, 1500,
    ]);
  });

  it('is shortened by chance to no less than a half', () => {
    expect(backoffMs(1, { firstMs: 100, longestMs: 1500, random: () => 1 })).toBe(50);
  });
});
