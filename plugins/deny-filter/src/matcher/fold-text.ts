/** What is not plain lower-case-able ASCII, and white space that is not one space. */
const special = /[^\u0020-\u007e]\p{M}*|[ -~]\p{M}+| {2,}/gu;
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const whiteSpace = /^\s+$/u;
const dash = /^[\p{Pd}\u2212\u2043\u02d7]$/u;
/** `İ` lowers to an `i` with a dot above. */
const dottedI = /i\u0307/g;

/**
 * A text as words are compared in it: NFKC, one letter case for each letter of any script (`ß` as `ss`, `İ` and `ı`
 * as `i`, final sigma as sigma), any white space as one space, any dash as `-`, and without characters that are not
 * seen.
 */
export function foldText(text: string): string {
  return collapse(text.replace(special, fold).toLowerCase());
}

/** A folded text and, for each UTF-16 unit of it, where its source starts and ends in the text as written. */
export interface MappedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** `foldText` with the way back: slower, for texts in which something has to be replaced. */
export function foldTextWithMap(text: string): MappedText {
  const folded: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (replacement: string, start: number, end: number): void => {
    for (const unit of replacement.split('')) {
      if (unit === ' ' && folded.at(-1) === ' ') {
        ends[ends.length - 1] = end;
        continue;
      }
      folded.push(unit);
      starts.push(start);
      ends.push(end);
    }
  };
  let readTo = 0;
  const plain = (end: number): void => {
    for (; readTo < end; readTo++) add(text.charAt(readTo).toLowerCase(), readTo, readTo + 1);
  };
  for (const match of text.matchAll(special)) {
    plain(match.index);
    readTo = match.index + match[0].length;
    add(fold(match[0]), match.index, readTo);
  }
  plain(text.length);
  return { text: folded.join(''), starts, ends };
}

function fold(cluster: string): string {
  // First what is not seen: a byte order mark is white space to a RegExp.
  const visible = cluster.replace(unseen, '');
  if (visible === '') return '';
  if (whiteSpace.test(visible)) return ' ';
  if (dash.test(visible)) return '-';
  const folded = visible
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(dottedI, 'i');
  return whiteSpace.test(folded) ? ' ' : folded;
}

function collapse(text: string): string {
  return text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text;
}
