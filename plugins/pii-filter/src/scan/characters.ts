/** The UTF-16 unit at an index, 0 outside of the text: `charCodeAt` gives NaN there, which makes loops slow. */
export function codeAt(text: string, index: number): number {
  return index >= 0 && index < text.length ? text.charCodeAt(index) : 0;
}

/** Whether a UTF-16 unit is 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a UTF-16 unit is A to Z or a to z. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** Whether a UTF-16 unit is an ASCII letter or digit. */
export function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

/** Whether a UTF-16 unit is 0 to 9, A to F or a to f. */
export function isHexDigit(code: number): boolean {
  const lower = code | 32;
  return isDigit(code) || (lower >= 97 && lower <= 102);
}

/** Index after the digits that start at `start`. */
export function skipDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(codeAt(text, end))) end++;
  return end;
}
