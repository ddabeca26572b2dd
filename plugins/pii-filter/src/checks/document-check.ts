const weights = [7, 3, 1];

/**
 * The check digit of travel documents: letters count as 10 to 35, weights 7, 3, 1 repeat, modulo 10.
 * @see ICAO Doc 9303 part 3, section 4.9
 */
export function documentCheckDigit(characters: string): number {
  let sum = 0;
  for (let index = 0; index < characters.length; index++) {
    sum += Number.parseInt(characters.charAt(index), 36) * (weights[index % 3] ?? 0);
  }
  return sum % 10;
}
