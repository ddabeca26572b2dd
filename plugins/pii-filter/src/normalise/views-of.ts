import { Buffer } from 'node:buffer';
import { foldable, foldCharacter, type TagReading } from './fold-character.js';
import { readEscapes } from './read-escapes.js';
import { type Edit, TextView } from './text-view.js';

/** Levels of escapes in escapes that are read: `%2540` is an `@` at the second. */
const maxEscapeLevels = 2;
const tagCharacter = /\udb40[\udc20-\udc7e]/;

/**
 * The readings of a text that differ from how it is written: escapes resolved, characters folded to ASCII. Empty for
 * most texts, at the price of a few searches.
 */
export function viewsOf(text: string): TextView[] {
  const views: TextView[] = [];
  addFolded(views, text, undefined);
  let source: TextView | undefined;
  for (let level = 0; level < maxEscapeLevels; level++) {
    const escaped = source?.text ?? text;
    const edits = readEscapes(escaped);
    if (edits.length === 0) break;
    source = new TextView(escaped, edits, true, source);
    views.push(source);
    addFolded(views, source.text, source);
  }
  return views;
}

function addFolded(views: TextView[], text: string, source: TextView | undefined): void {
  // The quickest test for ASCII: as many bytes as characters.
  if (Buffer.byteLength(text) === text.length || !foldable.test(text)) return;
  addIfChanged(views, text, source, 'unseen');
  if (tagCharacter.test(text)) addIfChanged(views, text, source, 'ascii');
}

function addIfChanged(views: TextView[], text: string, source: TextView | undefined, tags: TagReading): void {
  const edits: Edit[] = [];
  const pattern = new RegExp(foldable, 'g');
  let lastKept = '';
  let lastEnd = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = match.index;
    const character = match[0];
    if (start > lastEnd) lastKept = text.charAt(start - 1);
    const replacement = foldCharacter(character, lastKept, tags);
    lastEnd = start + character.length;
    if (replacement !== '') lastKept = replacement ?? character;
    if (replacement !== undefined) edits.push({ start, end: lastEnd, replacement });
  }
  if (edits.length > 0) views.push(new TextView(text, edits, false, source));
}
