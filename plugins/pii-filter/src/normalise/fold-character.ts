/** Ranges of the basic plane by what is in them, as the inside of a RegExp class. */
const ranges: Readonly<Record<string, string>> = {
  spaces: String.raw`\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`,
  unseen: String.raw`\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`,
  marks: String.raw`\u0300-\u036f\u20d0-\u20f0`,
  dashes: String.raw`\u02d7\u058a\u05be\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u301c\u3030\u30a0`,
  digits: String.raw`\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0de6-\u0def\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u1090-\u1099\u17e0-\u17e9\u1810-\u1819\u1946-\u194f\u19d0-\u19d9\u1a80-\u1a89\u1a90-\u1a99\u1b50-\u1b59\u1bb0-\u1bb9\u1c40-\u1c49\u1c50-\u1c59\ua620-\ua629\ua8d0-\ua8d9\ua900-\ua909\ua9d0-\ua9d9\ua9f0-\ua9f9\uaa50-\uaa59\uabf0-\uabf9`,
  raisedAndCircled: String.raw`\u00b2\u00b3\u00b9\u2070-\u209c\u2100-\u214f\u2460-\u24ea`,
  punctuation: String.raw`\u06d4\u2024\u2044\u2215\u2236\u3002\ufe50-\ufe6b\uff61`,
  fullWidth: String.raw`\uff01-\uff5e`,
};
/** Mathematical letters, digits of rare scripts, tags; without the planes of emoji. */
const beyondBasicPlane = String.raw`[\ud801-\ud82f\ud832-\ud83b\udb40][\udc00-\udfff]|\ud83c[\udd00-\udd4f]|\ud83e[\udff0-\udff9]`;

/**
 * Characters that stand for ASCII ones, or for nothing, in values that people and attackers write: digits of all
 * scripts, full-width and mathematical letters, spaces, dashes, dots, marks over digits, and what is not seen at all.
 * A superset: `foldCharacter` decides. Letters of living scripts and emoji are not in it, so ordinary text is passed
 * over.
 */
export const foldable = new RegExp(`[${Object.values(ranges).join('')}]|${beyondBasicPlane}`);

const decimalDigit = /^\p{Nd}$/u;
const unseen = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;
const spaceSeparator = /^[\p{Zs}\u2028\u2029]$/u;
const dash = /^[\p{Pd}\u02d7\u2043\u2212]$/u;
const mark = /^\p{M}$/u;
const printableAscii = /^[ -~]+$/;
const letterBefore = /[\p{L}\p{M}]/u;
const lookAlikes: Readonly<Record<string, string>> = {
  '\u06d4': '.',
  '\u2215': '/',
  '\u2236': ':',
  '\u3002': '.',
  '\uff61': '.',
};
const firstTag = 0xe0020;
const lastTag = 0xe007e;

/** How tag characters are read: as nothing, or as the ASCII text that they spell unseen. */
export type TagReading = 'unseen' | 'ascii';

/**
 * What a character stands for: ASCII, an empty string for what is not seen, or undefined to leave it.
 * `before` is the character in front of it: marks over letters are left.
 */
export function foldCharacter(character: string, before: string, tags: TagReading): string | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint >= firstTag && codePoint <= lastTag) {
    return tags === 'ascii' ? String.fromCharCode(codePoint - 0xe0000) : '';
  }
  if (decimalDigit.test(character)) return digitValue(codePoint);
  if (unseen.test(character)) return '';
  if (mark.test(character)) return letterBefore.test(before) ? undefined : '';
  if (spaceSeparator.test(character)) return ' ';
  if (dash.test(character)) return '-';
  if (Object.hasOwn(lookAlikes, character)) return lookAlikes[character];
  const folded = character.normalize('NFKC');
  return folded !== character && printableAscii.test(folded) ? folded : undefined;
}

/** Decimal digits come in runs of ten in order; the runs of mathematical digits follow one another. */
function digitValue(codePoint: number): string {
  let above = 0;
  while (decimalDigit.test(String.fromCodePoint(codePoint - above - 1))) above++;
  return String(above % 10);
}
