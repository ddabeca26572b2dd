import type { RunEncoding } from '../normalise/encoded-runs.js';

/** A value found in a text. Offsets are UTF-16 units of the text as it is written, end exclusive. */
export interface PiiFinding {
  /** e.g. `ssn`, `credit_card`, `email`. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how sure the find is. */
  readonly score: number;
  /** Which detector found it, e.g. `us-ssn`. */
  readonly detector: string;
  /** Set where the value stands in an encoded run: the span is the run's, and finds in one run share it. */
  readonly encoding?: RunEncoding;
}
