import { codeAt, isHexDigit } from '../scan/characters.js';
import type { Edit } from './text-view.js';

/** The longest entity with its `&` and `;`. */
const entity = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/iy;
const backslash = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/iy;

/** Entities of characters that values are made of. @see WHATWG HTML, named character references */
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  hyphen: '-',
  dash: '-',
  minus: '-',
  ndash: '-',
  mdash: '-',
  plus: '+',
  lpar: '(',
  rpar: ')',
  sol: '/',
  colon: ':',
  lowbar: '_',
  num: '#',
  percnt: '%',
  shy: '',
  zwj: '',
  zwnj: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  equals: '=',
  ast: '*',
  semi: ';',
  comma: ',',
};

/** Every escape of the text (percent, HTML entity, `\u`, `\x`) and what it stands for, in order. */
export function readEscapes(text: string): Edit[] {
  const edits: Edit[] = [];
  readEach(text, '%', readPercent, edits);
  readEach(text, '&', readEntity, edits);
  readEach(text, '\\', readBackslash, edits);
  return edits.sort((left, right) => left.start - right.start);
}

/** A search for one character costs next to nothing where there is none. */
function readEach(
  text: string,
  sign: string,
  read: (text: string, at: number) => Edit | undefined,
  edits: Edit[],
): void {
  for (let at = text.indexOf(sign); at >= 0;) {
    const edit = read(text, at);
    if (edit !== undefined) edits.push(edit);
    at = text.indexOf(sign, edit?.end ?? at + 1);
  }
}

/** One character of UTF-8 in percent form; a byte that starts none stands for itself as Latin-1. */
function readPercent(text: string, start: number): Edit | undefined {
  if (!isHexDigit(codeAt(text, start + 1)) || !isHexDigit(codeAt(text, start + 2))) return undefined;
  const first = Number.parseInt(text.slice(start + 1, start + 3), 16);
  const bytes = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (bytes > 1) {
    try {
      const end = start + bytes * 3;
      return { start, end, replacement: decodeURIComponent(text.slice(start, end)) };
    } catch {
      // Not UTF-8: byte by byte.
    }
  }
  return { start, end: start + 3, replacement: String.fromCharCode(first) };
}

function readEntity(text: string, start: number): Edit | undefined {
  entity.lastIndex = start;
  const written = entity.exec(text)?.[0];
  if (written === undefined) return undefined;
  const name = written.slice(1, -1).toLowerCase();
  const replacement = name.startsWith('#')
    ? readCodePoint(name.startsWith('#x') ? name.slice(2) : name.slice(1), name.startsWith('#x') ? 16 : 10)
    : entities[name];
  return replacement === undefined ? undefined : { start, end: start + written.length, replacement };
}

function readBackslash(text: string, start: number): Edit | undefined {
  backslash.lastIndex = start;
  const match = backslash.exec(text);
  if (match === null) return undefined;
  const replacement = readCodePoint(match[1] ?? match[2] ?? match[3] ?? '', 16);
  return replacement === undefined ? undefined : { start, end: start + match[0].length, replacement };
}

function readCodePoint(digits: string, radix: number): string | undefined {
  const codePoint = Number.parseInt(digits, radix);
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(codePoint);
}
