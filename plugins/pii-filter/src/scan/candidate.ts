import type { EncodedRun } from '../normalise/encoded-runs.js';

/** What an encoded run decodes to and what was found in it. */
export interface EncodedFinds {
  readonly run: EncodedRun;
  readonly spans: readonly Candidate[];
}

/**
 * A value that a detector found. Offsets are UTF-16 units of the scanned text, end exclusive. Always made with all
 * fields in this order: there are many.
 */
export interface Candidate {
  readonly type: string;
  readonly detector: string;
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly score: number;
  /**
   * The value as the detector read it: escapes resolved, look-alikes folded. Undefined where it cannot be masked by
   * itself: in an encoded run, or where the span was stretched over other finds.
   */
  readonly value: string | undefined;
  /** Set where the span is an encoded run, of which values are only a part. */
  readonly encoded: EncodedFinds | undefined;
}
