/** A piece of a text and what stands for it in a view. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A text as detectors read it, with the way back to the text as it is written. */
export class TextView {
  readonly text: string;
  /** Whether escapes are resolved in it, and not only characters folded. */
  readonly resolvesEscapes: boolean;
  /** By edit: index in the view, index behind its replacement, start and end in the source. */
  private readonly viewStarts: number[] = [];
  private readonly viewEnds: number[] = [];
  private readonly edits: readonly Edit[];
  private readonly source: TextView | undefined;

  /** `edits` are sorted and disjoint ranges of `sourceText`, which is the text of `source` if there is one. */
  constructor(sourceText: string, edits: readonly Edit[], resolvesEscapes: boolean, source?: TextView) {
    this.resolvesEscapes = resolvesEscapes;
    const pieces: string[] = [];
    let readTo = 0;
    let length = 0;
    for (const { start, end, replacement } of edits) {
      pieces.push(sourceText.slice(readTo, start), replacement);
      length += start - readTo;
      this.viewStarts.push(length);
      length += replacement.length;
      this.viewEnds.push(length);
      readTo = end;
    }
    pieces.push(sourceText.slice(readTo));
    this.text = pieces.join('');
    this.edits = edits;
    this.source = source;
  }

  /** Where a non-empty range of the view stands in the original text; edits at its edges are taken in whole. */
  original(start: number, end: number): { start: number; end: number } {
    const span = { start: this.sourceIndex(start, 'start'), end: this.sourceIndex(end - 1, 'end') };
    return this.source === undefined ? span : this.source.original(span.start, span.end);
  }

  /** Whether anything in a non-empty range of the view is written otherwise. */
  differsIn(start: number, end: number): boolean {
    const next = firstGreater(this.viewEnds, start);
    if ((this.viewStarts[next] ?? Infinity) < end) return true;
    if (this.source === undefined) return false;
    return this.source.differsIn(this.sourceIndex(start, 'start'), this.sourceIndex(end - 1, 'end'));
  }

  /** Start or end, in the source, of the character at `index`. */
  private sourceIndex(index: number, side: 'start' | 'end'): number {
    const next = firstGreater(this.viewEnds, index);
    const edit = this.edits[next];
    if (edit !== undefined && (this.viewStarts[next] ?? 0) <= index) return edit[side];
    const offset = index - (this.viewEnds[next - 1] ?? 0) + (side === 'end' ? 1 : 0);
    return (this.edits[next - 1]?.end ?? 0) + offset;
  }
}

/** Index of the first number that is greater than `value`, in a sorted list. */
function firstGreater(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
