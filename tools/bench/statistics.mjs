/**
 * The middle of a sorted copy; the mean of the two middles when the count is even.
 *
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * Linear interpolation between the two nearest ranks (the "type 7" of Hyndman and Fan, as in R and NumPy).
 *
 * @param {readonly number[]} values at least one
 * @param {number} fraction 0 to 1
 */
export function quantile(values, fraction) {
  if (values.length === 0) throw new RangeError('quantile of no values');
  const sorted = values.toSorted((a, b) => a - b);
  const rank = fraction * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? low;
  return low + (high - low) * (rank - Math.floor(rank));
}

/**
 * How far the middle half of the values reaches to either side of the median, as a fraction of the median:
 * 0.03 is "± 3 %".
 *
 * @param {readonly number[]} values at least one
 */
export function spread(values) {
  const middle = median(values);
  return middle === 0 ? 0 : (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / middle;
}

/**
 * What a target costs in each round as a multiple of its anchor, which ran just before and just after it.
 *
 * @param {readonly { readonly target: number; readonly before: number; readonly after: number }[]} rounds
 */
export function bracketedRatios(rounds) {
  return rounds.map(({ target, before, after }) => target / ((before + after) / 2));
}
