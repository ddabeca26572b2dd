const wordCharacter = /^[\p{L}\p{N}\p{M}_]$/u;
/** Scripts that are written without spaces: a word in them begins and ends anywhere. */
const unspacedScript =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

/** Whether the range of a text is a word of its own, and no part of a longer one. */
export function isWholeWord(text: string, start: number, end: number): boolean {
  return (
    isBoundary(characterBefore(text, start), characterAt(text, start)) &&
    isBoundary(characterBefore(text, end), characterAt(text, end))
  );
}

function isBoundary(left: string, right: string): boolean {
  return !isSpacedWordCharacter(left) || !isSpacedWordCharacter(right);
}

function isSpacedWordCharacter(character: string): boolean {
  return wordCharacter.test(character) && !unspacedScript.test(character);
}

function characterAt(text: string, index: number): string {
  const codePoint = text.codePointAt(index);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

function characterBefore(text: string, index: number): string {
  if (index === 0) return '';
  const unit = text.charCodeAt(index - 1);
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff;
  return characterAt(text, isLowSurrogate && index > 1 ? index - 2 : index - 1);
}
