const codeOfA = 65;

/** Remainder modulo 97 of digits and letters, letters counting as 10 to 35. */
export function mod97(value: string): number {
  let remainder = 0;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    remainder = code >= codeOfA ? (remainder * 100 + code - 55) % 97 : (remainder * 10 + code - 48) % 97;
  }
  return remainder;
}
