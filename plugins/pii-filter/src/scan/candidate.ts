/** A value that a detector found. Offsets are UTF-16 units of the scanned text, end exclusive. */
export interface Candidate {
  readonly type: string;
  readonly detector: string;
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly score: number;
  /** The value as the detector read it: escapes resolved, look-alikes folded. */
  readonly value: string;
}
