import type { Detector, LabelWords, Span } from '../detectors/detector.js';
import { AsciiScan } from './ascii-scan.js';
import { DetectorTable } from './detector-table.js';
import { LabelLexicon } from './label-lexicon.js';

/** What a scan is told about the text and asked for. */
export interface ScanRequest {
  /** What the text is called in the data around it, e.g. a property name. */
  readonly label: () => string;
  /** Finds below this score are dropped. */
  readonly minScore: (type: string) => number;
  /** Finds of these values are dropped. */
  readonly isAllowed: ((type: string, value: string) => boolean) | undefined;
}

/** A pattern that is looked for in the whole text, without labels. */
export interface ScanPattern {
  readonly id: string;
  readonly type: string;
  readonly findAll: (text: string) => readonly Span[];
}

/** What scans of one engine share. */
export interface ScanTables {
  readonly detectors: DetectorTable;
  readonly lexicon: LabelLexicon;
  /** Bits of the topic of numbers that are nobody's data, such as orders. */
  readonly otherMask: number;
  readonly findsEmail: boolean;
  readonly findsIpAddress: boolean;
  readonly patterns: readonly ScanPattern[];
}

/** Finds values in texts whose digits, letters and punctuation are ASCII. */
export class AsciiScanner {
  private readonly tables: ScanTables;

  constructor(
    detectors: readonly Detector[],
    labels: readonly LabelWords[],
    patterns: readonly ScanPattern[],
    isWanted: (type: string) => boolean,
  ) {
    const lexicon = new LabelLexicon(labels);
    this.tables = {
      detectors: new DetectorTable(
        detectors.filter(({ type }) => isWanted(type)),
        lexicon,
      ),
      lexicon,
      otherMask: lexicon.maskOf(['other']),
      findsEmail: isWanted('email'),
      findsIpAddress: isWanted('ip_address'),
      patterns: patterns.filter(({ type }) => isWanted(type)),
    };
  }

  /** Every find with a sufficient score, overlapping ones included, and what else the scan came across. */
  scan(text: string, request: ScanRequest): AsciiScan {
    return new AsciiScan(text, request, this.tables).run();
  }
}
