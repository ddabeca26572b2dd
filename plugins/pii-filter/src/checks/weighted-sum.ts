/** Sum of digits times weights, from the left; weights repeat when there are fewer of them. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    sum += (digits.charCodeAt(index) - 48) * (weights[index % weights.length] ?? 0);
  }
  return sum;
}
