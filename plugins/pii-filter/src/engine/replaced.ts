import type { Span } from '../detectors/detector.js';
import type { Candidate } from '../scan/candidate.js';

/** A range of a masked text and what stood there. */
export interface Change extends Span {
  readonly source: Span;
}

/** A text with some ranges replaced, in order. */
export interface Replaced {
  readonly text: string;
  readonly changes: readonly Change[];
}

/** A find in a masked text with its place in the text before: a mask that it touches counts as a whole. */
export function inSource(span: Candidate, { changes }: Replaced): Candidate {
  const { type, detector, score, value, encoded } = span;
  const from = firstEndingBehind(changes, span.start);
  const to = firstEndingBehind(changes, span.end - 1);
  const [first, last] = [changes[from], changes[to]];
  const startsInMask = first !== undefined && first.start <= span.start;
  const endsInMask = last !== undefined && last.start < span.end;
  const start = startsInMask ? first.source.start : span.start + offsetBefore(changes, from);
  const end = endsInMask ? last.source.end : span.end + offsetBefore(changes, to);
  const isUnchanged = from === to && !endsInMask;
  return { type, detector, start, end, score, value: isUnchanged ? value : undefined, encoded };
}

/**
 * Whether a find is none of those that are known, which are in order: it is elsewhere, or in a mask that shows it and
 * has to go.
 */
export function isNew(span: Candidate, known: readonly Candidate[]): boolean {
  const candidate = known[firstEndingBehind(known, span.start)];
  if (candidate === undefined || candidate.start > span.start || span.end > candidate.end) return true;
  return span.value === undefined && (candidate.value !== undefined || candidate.encoded !== undefined);
}

/** Index of the first span that ends behind a character. */
function firstEndingBehind(spans: readonly Span[], index: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.end ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What to add to an index between the change before `index` and that one. */
function offsetBefore(changes: readonly Change[], index: number): number {
  const change = changes[index - 1];
  return change === undefined ? 0 : change.source.end - change.end;
}
