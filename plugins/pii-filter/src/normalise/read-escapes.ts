import type { Edit } from './text-view.js';

/** An escape of one of the kinds that are read: percent, HTML entity, `\u` and `\x`. */
const escape =
  /(?:%[0-9a-f]{2}){1,4}|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2})/gi;

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

/** Whether a text may have escapes: three searches for one character each. */
export function mayHaveEscapes(text: string): boolean {
  return text.includes('%') || text.includes('&') || text.includes('\\');
}

/** Every escape of the text and what it stands for. */
export function readEscapes(text: string): Edit[] {
  const edits: Edit[] = [];
  const pattern = new RegExp(escape);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = match.index;
    const written = match[0];
    if (written.startsWith('%')) {
      const edit = readPercent(written, start);
      edits.push(edit);
      pattern.lastIndex = edit.end;
    } else {
      const replacement = written.startsWith('&')
        ? readEntity(written)
        : readCodePoint(written.replace(/[\\ux{}]/gi, ''), 16);
      if (replacement !== undefined) edits.push({ start, end: start + written.length, replacement });
    }
  }
  return edits;
}

/** One character of UTF-8 in percent form; a byte that starts none stands for itself as Latin-1. */
function readPercent(written: string, start: number): Edit {
  const first = Number.parseInt(written.slice(1, 3), 16);
  const bytes = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (bytes > 1 && written.length >= bytes * 3) {
    try {
      return { start, end: start + bytes * 3, replacement: decodeURIComponent(written.slice(0, bytes * 3)) };
    } catch {
      // Not UTF-8: byte by byte.
    }
  }
  return { start, end: start + 3, replacement: String.fromCharCode(first) };
}

function readEntity(written: string): string | undefined {
  const name = written.slice(1, -1);
  if (!name.startsWith('#'))
    return Object.hasOwn(entities, name.toLowerCase()) ? entities[name.toLowerCase()] : undefined;
  return name.charAt(1).toLowerCase() === 'x'
    ? readCodePoint(name.slice(2), 16)
    : readCodePoint(name.slice(1), 10);
}

function readCodePoint(digits: string, radix: number): string | undefined {
  const codePoint = Number.parseInt(digits, radix);
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(codePoint);
}
