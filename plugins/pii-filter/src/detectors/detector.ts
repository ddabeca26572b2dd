/** Half-open range of UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where in a text a detector is tried. A token is a run of ASCII letters and digits; numbers are lengths.
 * A token of 20 digits or letters and more counts as 20.
 */
interface DetectorStart {
  /** The token starts with so many digits and then ends. */
  readonly digits?: readonly number[];
  /** The token starts with so many digits, a letter following. */
  readonly digitsThenLetter?: readonly number[];
  /** The token starts with so many letters, a digit following. */
  readonly letters?: readonly number[];
  /** A token of so many letters, one space or hyphen, then a token that starts with a digit. */
  readonly lettersApart?: readonly number[];
  /** With `lettersApart`: how many digits that token starts with. */
  readonly apartDigits?: readonly number[];
}

/**
 * One kind of value to look for: where it may start, how it reads, how its checksum goes, and how sure one can be
 * with and without a label near it. Data, apart from `find` and `check`.
 */
export interface Detector {
  /** Unique, e.g. `us-ssn`. */
  readonly id: string;
  /** What settings, metadata and masks call it, e.g. `ssn`. */
  readonly type: string;
  readonly startsAt: DetectorStart;
  /**
   * A sticky RegExp, tried at the start, whose group `value` (or whole match) is the value; or a function that
   * gives the value's span. Both are linear in the text and bounded in length.
   */
  readonly find: RegExp | ((text: string, start: number) => Span | undefined);
  /** Digits that the value has at least, in groups: spares a try where fewer follow. Only for starts at digits. */
  readonly minDigits?: number;
  /** Whether what `find` finds is rare, so that labels are looked for only after it. */
  readonly isSelective?: boolean;
  /** Lengths of the token, for values that are one token of letters and digits. */
  readonly tokenLengths?: readonly number[];
  /** Looks at the value's ASCII letters (upper case) and digits alone. */
  readonly check?: (value: string) => boolean;
  /** 0 to 1: how sure a find is without a label. 0: only with one. */
  readonly score: number;
  /** How sure a find is that is the whole text, as an argument or property often is. Default: `score`. */
  readonly aloneScore?: number;
  /** Topics whose words near the value lift it to `labelledScore`. */
  readonly labels?: readonly string[];
  /** Default 0.9. */
  readonly labelledScore?: number;
}

/** Words that name a topic, in one language or several: `{ topic: 'ssn', words: ['social security'] }`. */
export interface LabelWords {
  readonly topic: string;
  /** Lower case, words apart by spaces. `-`, `_` and camel case in texts count as spaces. */
  readonly words: readonly string[];
  /** Words that point to the topic less surely, such as `call` to a phone number. */
  readonly weakWords?: readonly string[];
}

/** Detectors and label words of one country, or those of all. */
export interface DetectorPack {
  /** `global` or an ISO 3166 code in lower case (`uk` for the United Kingdom). */
  readonly name: string;
  readonly detectors: readonly Detector[];
  readonly labels: readonly LabelWords[];
}
