import type { ScanPattern } from '../scan/ascii-scanner.js';
import type { DetectorPack } from '../detectors/detector.js';
import type { MaskStrategy } from '../mask/strategies.js';
import type { SsnStyle } from '../mask/partial-mask.js';

/** What is done about values of one type. */
export interface TypePolicy {
  readonly strategy: MaskStrategy;
  /** Finds below this score are dropped. 0 to 1. */
  readonly minScore: number;
}

/** A pattern of the user's own, or one beyond the packs: what it finds is a value of its type. */
export interface PatternDetector extends ScanPattern {
  /** Undefined: that of the type. */
  readonly strategy: MaskStrategy | undefined;
}

/** How a `PiiEngine` looks and masks. */
export interface PiiEngineOptions {
  readonly packs: readonly DetectorPack[];
  readonly patterns: readonly PatternDetector[];
  /** Whether values of a type are looked for. */
  readonly isWanted: (type: string) => boolean;
  readonly policyOf: (type: string) => TypePolicy;
  /** Whether a value is to be left, such as the support address of one's own company. */
  readonly isAllowed: ((type: string, value: string) => boolean) | undefined;
  readonly redactionText: string;
  readonly ssnStyle: SsnStyle;
  /** Secret of hashes and tokens. */
  readonly key: string;
  /** Whether any strategy makes hashes or tokens. */
  readonly usesKey: boolean;
}
