import type { Detector, Span } from '../detectors/detector.js';
import type { LabelLexicon } from './label-lexicon.js';

/** Longest run of digits or letters that is told apart. */
export const maxRun = 20;

/** A detector as a scan uses it. */
export interface CompiledDetector extends Omit<Detector, 'find'> {
  readonly find: (text: string, start: number) => Span | undefined;
  readonly minDigits: number;
  readonly labelledScore: number;
  /** Bits of its labels' topics. */
  readonly labelMask: number;
  /** Bit n: the token may have n characters. All bits for values that are no single token. */
  readonly lengthMask: number;
  /** Bit n: n digits may follow a word before. */
  readonly apartMask: number;
}

/** Detectors that may start at a token: those that are tried at once, and those tried only where a label stands near. */
export interface DetectorRow {
  readonly sure: readonly CompiledDetector[];
  readonly labelled: readonly CompiledDetector[];
  /** Bits of the topics of `labelled`. */
  readonly labelMask: number;
}

const defaultLabelledScore = 0.9;

/** Detectors by how the token reads at which they may start. */
export class DetectorTable {
  readonly digits: readonly DetectorRow[];
  readonly digitsThenLetter: readonly DetectorRow[];
  readonly letters: readonly DetectorRow[];
  readonly lettersApart: readonly DetectorRow[];

  constructor(detectors: readonly Detector[], lexicon: LabelLexicon) {
    const compiled = detectors.map((detector) => compile(detector, lexicon));
    this.digits = rows(compiled, 'digits');
    this.digitsThenLetter = rows(compiled, 'digitsThenLetter');
    this.letters = rows(compiled, 'letters');
    this.lettersApart = rows(compiled, 'lettersApart');
  }
}

function compile(detector: Detector, lexicon: LabelLexicon): CompiledDetector {
  return {
    ...detector,
    find: typeof detector.find === 'function' ? detector.find : findSticky(detector.find),
    minDigits: detector.minDigits ?? 0,
    labelledScore: detector.labelledScore ?? defaultLabelledScore,
    labelMask: lexicon.maskOf(detector.labels ?? []),
    lengthMask: bitsOf(detector.tokenLengths),
    apartMask: bitsOf(detector.startsAt.apartDigits),
  };
}

function bitsOf(lengths: readonly number[] | undefined): number {
  return lengths?.reduce((mask, length) => mask | (1 << length), 0) ?? -1;
}

function findSticky(pattern: RegExp): (text: string, start: number) => Span | undefined {
  return (text, start) => {
    pattern.lastIndex = start;
    return pattern.test(text) ? { start, end: pattern.lastIndex } : undefined;
  };
}

function rows(
  detectors: readonly CompiledDetector[],
  start: Exclude<keyof Detector['startsAt'], 'apartDigits'>,
): readonly DetectorRow[] {
  return Array.from({ length: maxRun + 1 }, (_, run) => {
    const row = detectors.filter((detector) => detector.startsAt[start]?.includes(run));
    const isSure = ({ score, aloneScore = 0, isSelective = false }: CompiledDetector): boolean =>
      score > 0 || aloneScore > 0 || isSelective;
    const labelled = row.filter((detector) => !isSure(detector));
    return {
      sure: row.filter(isSure),
      labelled,
      labelMask: labelled.reduce((mask, detector) => mask | detector.labelMask, 0),
    };
  });
}
