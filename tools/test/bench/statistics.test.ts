import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketedRatios, median, quantile, spread } from '../../bench/statistics.mjs';

describe('median', () => {
  it('is the middle of an odd count and the mean of the middles of an even one, whatever the order', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('is not moved by one outlier', () => {
    expect(median([1, 1, 1, 1, 1000])).toBe(1);
  });
});

describe('quantile', () => {
  it('interpolates between ranks', () => {
    expect(quantile([10, 20, 30, 40], 0.25)).toBe(17.5);
    expect(quantile([10, 20, 30, 40], 0)).toBe(10);
    expect(quantile([10, 20, 30, 40], 1)).toBe(40);
  });

  it('stays between the smallest and the largest and leaves its input alone', () => {
    const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, fraction) => {
        const before = [...list];
        const result = quantile(list, fraction);
        expect(list).toEqual(before);
        return result >= Math.min(...list) - 1e-6 && result <= Math.max(...list) + 1e-6;
      }),
    );
  });

  it('refuses an empty list', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('spread', () => {
  it('is half the interquartile range as a fraction of the median', () => {
    expect(spread([8, 9, 10, 11, 12])).toBeCloseTo(0.1);
    expect(spread([7, 7, 7])).toBe(0);
    expect(spread([0, 0])).toBe(0);
  });
});

describe('bracketedRatios', () => {
  it('divides by the mean of the anchor before and after, so that a drift of the machine cancels', () => {
    expect(bracketedRatios([{ target: 30, before: 10, after: 20 }])).toEqual([2]);
    const drifting = [1, 2, 4].map((speed) => ({ target: 3 * speed, before: speed, after: speed }));
    expect(bracketedRatios(drifting)).toEqual([3, 3, 3]);
  });
});
