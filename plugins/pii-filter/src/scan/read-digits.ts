import { codeAt, isDigit } from './characters.js';

/** Separators of groups in a row: `) ` and the like. */
const maxSeparators = 2;
const enough = 20;

/** Digits in groups: how many, and where they end. */
export interface DigitGroups {
  readonly digits: number;
  readonly end: number;
}

/** Reads digits in groups from `start` on, with up to two of ` -./()_` between groups. Stops at 20 digits. */
export function readDigits(text: string, start: number): DigitGroups {
  let digits = 0;
  let separators = 0;
  let end = start;
  for (let at = start; digits < enough; at++) {
    const code = codeAt(text, at);
    if (isDigit(code)) {
      digits++;
      separators = 0;
      end = at + 1;
    } else if (!isSeparator(code) || ++separators > maxSeparators) break;
  }
  return { digits, end };
}

function isSeparator(code: number): boolean {
  // Space, ( ) and - . / _
  return code === 32 || code === 40 || code === 41 || (code >= 45 && code <= 47) || code === 95;
}
