/** Ways to write a value so that a plain pattern does not see it. */
export const encodings: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  percent: (value) => Array.from(value, (character) => `%${hex(character, 2).toUpperCase()}`).join(''),
  percentReserved: (value) => value.replace(/[^A-Za-z0-9]/g, (character) => `%${hex(character, 2)}`),
  percentTwice: (value) => value.replace(/[^A-Za-z0-9]/g, (character) => `%25${hex(character, 2)}`),
  htmlDecimal: (value) => Array.from(value, (character) => `&#${character.codePointAt(0)};`).join(''),
  htmlHex: (value) => Array.from(value, (character) => `&#x${hex(character, 2)};`).join(''),
  unicodeEscapes: (value) => Array.from(value, (character) => `\\u${hex(character, 4)}`).join(''),
  hexEscapes: (value) => Array.from(value, (character) => `\\x${hex(character, 2)}`).join(''),
  base64: (value) => Buffer.from(`my data: ${value}`).toString('base64'),
  base64Alone: (value) => Buffer.from(value).toString('base64'),
  base64url: (value) => Buffer.from(`>>?? ${value}`).toString('base64url'),
  base64Twice: (value) => Buffer.from(Buffer.from(`is ${value}`).toString('base64')).toString('base64'),
  hex: (value) => Buffer.from(value).toString('hex'),
  fullWidth: (value) =>
    value.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  arabicDigits: (value) =>
    value.replace(/\d/g, (character) => String.fromCharCode(0x660 + Number(character))),
  boldDigits: (value) =>
    value.replace(/\d/g, (character) => String.fromCodePoint(0x1d7ce + Number(character))),
  zeroWidth: (value) => Array.from(value).join('\u200b'),
  graphemeJoiner: (value) => Array.from(value).join('\u034f'),
  softHyphens: (value) => Array.from(value).join('\u00ad'),
  underlined: (value) => value.replace(/\d/g, (character) => `${character}\u0332`),
  otherSpaces: (value) => value.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011'),
  tagCharacters: (value) =>
    Array.from(value, (character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0))).join(
      '',
    ),
};

function hex(character: string, length: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(length, '0');
}
