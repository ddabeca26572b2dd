const lastLatin = 0x24f;

/**
 * By UTF-16 unit: the small letter of a Latin letter, 0 for what is none. Letters beyond Latin-1 stand for themselves.
 */
const smallLetters = new Uint16Array(0x10000);
for (let code = 97; code <= 122; code++) smallLetters[code] = smallLetters[code - 32] = code;
for (let code = 0xe0; code <= 0xfe; code++) {
  if (code !== 0xf7) smallLetters[code] = smallLetters[code - 32] = code;
}
for (let code = 0xff; code <= lastLatin; code++) smallLetters[code] = code;
smallLetters[0xdf] = 0xdf;

/** The small letter of a Latin letter, 0 for what is none. */
export function smallLetter(code: number): number {
  return smallLetters[code] ?? 0;
}
