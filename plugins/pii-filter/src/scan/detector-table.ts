import type { Detector } from '../detectors/detector.js';

/** Longest run of digits or letters that is told apart. */
export const maxRun = 20;

type Row = readonly Detector[];

const none: Row = Object.freeze([]);

/** Detectors by how the token reads at which they may start. */
export class DetectorTable {
  readonly digits: readonly Row[];
  readonly digitsThenLetter: readonly Row[];
  readonly letters: readonly Row[];
  readonly lettersApart: readonly Row[];

  constructor(detectors: readonly Detector[]) {
    this.digits = rows(detectors, 'digits');
    this.digitsThenLetter = rows(detectors, 'digitsThenLetter');
    this.letters = rows(detectors, 'letters');
    this.lettersApart = rows(detectors, 'lettersApart');
  }
}

function rows(detectors: readonly Detector[], start: keyof Detector['startsAt']): readonly Row[] {
  return Array.from({ length: maxRun + 1 }, (_, run) => {
    const row = detectors.filter((detector) => detector.startsAt[start]?.includes(run));
    return row.length === 0 ? none : row;
  });
}
