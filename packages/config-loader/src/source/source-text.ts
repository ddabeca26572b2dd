/** A place in a text, as editors show it. */
export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

/** The text of one configuration file, with its name and the way from offsets to lines. */
export class SourceText {
  /** Ranges whose text is secret: shown masked wherever a line is shown. */
  readonly secretRanges: { readonly start: number; readonly end: number }[] = [];
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of each line. Filled in on first use: a file without mistakes needs none. */
  #lineStarts: number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  positionOf(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** Offsets of a 1-based line, without its line break. */
  lineRange(line: number): { readonly start: number; readonly end: number } {
    const starts = this.#starts();
    const start = starts[line - 1] ?? this.text.length;
    let end = (starts[line] ?? this.text.length + 1) - 1;
    if (this.text[end - 1] === '\r') end--;
    return { start, end: Math.max(start, end) };
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      this.#lineStarts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
        this.#lineStarts.push(at + 1);
      }
    }
    return this.#lineStarts;
  }
}

/** A range of one text. `end` is exclusive. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}
