import { codeAt, isDigit } from './characters.js';

/** Separators of groups in a row: `) ` and the like. */
const maxSeparators = 2;
const enough = 20;

/** Digits that stand in groups from `start` on, with up to two of ` -./()_` between groups. Stops at 20. */
export function countDigits(text: string, start: number): number {
  let digits = 0;
  let separators = 0;
  for (let at = start; digits < enough; at++) {
    const code = codeAt(text, at);
    if (isDigit(code)) {
      digits++;
      separators = 0;
    } else if (!isSeparator(code) || ++separators > maxSeparators) break;
  }
  return digits;
}

/** Index behind the last digit that `countDigits` counts. */
export function endOfDigits(text: string, start: number): number {
  let left = countDigits(text, start);
  let at = start;
  for (; left > 0; at++) if (isDigit(codeAt(text, at))) left--;
  return at;
}

function isSeparator(code: number): boolean {
  // Space, ( ) and - . / _
  return code === 32 || code === 40 || code === 41 || (code >= 45 && code <= 47) || code === 95;
}
