import type { SourceText, Span } from '../source/source-text.js';
import { maskSecretsInLine } from '../values/secrets.js';

/** Characters of a line that are shown, and how many of them before the place when the line is longer. */
const shownWidth = 160;
const shownBefore = 60;
/** Characters around the place that are looked at: masking takes time that grows with the square of a line. */
const regarded = 400;

/** The line of a place and the one before it, numbered, with a marker under the place. Secrets are masked. */
export function codeFrame(span: Span): string {
  const { line, column } = span.source.positionOf(span.start);
  const width = String(line).length;
  const rows: string[] = [];
  const before = line > 1 ? excerpt(span.source, line - 1, 0).text : '';
  if (before.trim() !== '')
    rows.push(`  ${String(line - 1).padStart(width)} | ${before.slice(0, shownWidth)}`);

  const { text, from } = excerpt(span.source, line, column - 1);
  // A minified file is one long line: show the part around the place.
  const cut = column - 1 > shownWidth - shownBefore ? Math.max(0, column - 1 - from - shownBefore) : 0;
  const shown = text.slice(cut, cut + shownWidth);
  const place = column - 1 - from - cut;
  rows.push(`> ${String(line).padStart(width)} | ${shown}`.trimEnd());
  const marked = Math.max(1, Math.min(span.end - span.start, shown.length - place));
  // Tabs stay tabs, so that the marker stands under the place in any terminal.
  rows.push(
    `  ${' '.repeat(width)} | ${shown.slice(0, place).replaceAll(/[^\t]/g, ' ')}${'^'.repeat(marked)}`,
  );
  return rows.join('\n');
}

/** The part of a line around a 0-based column, masked, and the column that it starts at. */
function excerpt(
  source: SourceText,
  line: number,
  column: number,
): { readonly text: string; readonly from: number } {
  const range = source.lineRange(line);
  const start = Math.max(range.start, range.start + column - regarded);
  const end = Math.min(range.end, range.start + column + regarded);
  let text = source.text.slice(start, end);
  for (const secret of source.secretRanges) {
    const first = Math.max(secret.start, start) - start;
    const last = Math.min(secret.end, end) - start;
    if (first < last) text = text.slice(0, first) + '*'.repeat(last - first) + text.slice(last);
  }
  // Control and bidirectional characters would let a file draw in the reader's terminal.
  const safe = maskSecretsInLine(text).replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\t' ? '\t' : '\u{FFFD}',
  );
  return { text: safe, from: start - range.start };
}
