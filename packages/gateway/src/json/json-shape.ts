/** What a linear scan finds in a JSON text. */
export interface JsonShape {
  /** Keys of all objects, each time that it is written. */
  readonly keys: number;
  /** Keys of the outermost object. */
  readonly topKeys: number;
  /** Levels of nesting. */
  readonly depth: number;
}

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

/** Counts keys and levels of a valid JSON text, without parsing it. Outside of strings each colon follows one key. */
export function scanJson(text: string): JsonShape {
  let keys = 0;
  let topKeys = 0;
  let level = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case quote:
        index = endOfString(text, index);
        break;
      case colon:
        keys++;
        if (level === 1) topKeys++;
        break;
      case 0x7b:
      case 0x5b:
        if (++level > depth) depth = level;
        break;
      case 0x7d:
      case 0x5d:
        level--;
        break;
      default:
    }
  }
  return { keys, topKeys, depth };
}

/** Keys of all objects of a parsed value, and whether each of its numbers can be written as JSON again. */
export function countKeys(value: unknown): { readonly keys: number; readonly isExact: boolean } {
  const tally = { keys: 0, isExact: true };
  count(value, tally);
  return tally;
}

function count(value: unknown, tally: { keys: number; isExact: boolean }): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) tally.isExact = false;
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) count(item, tally);
    return;
  }
  for (const key in value) {
    tally.keys++;
    count((value as Record<string, unknown>)[key], tally);
  }
}

/** Index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let before = index - 1;
  while (text.charCodeAt(before) === backslash) before--;
  return (index - before) % 2 === 0;
}
