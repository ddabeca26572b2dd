/**
 * Counts of one type: what should be found and was, what should be left and was, and finds that hit nothing.
 */
class Tally {
  hits = 0;
  found = 0;
  misses = 0;
  left = 0;
  falseFinds = 0;

  /** @param {boolean} isFound */
  hit(isFound) {
    this.hits += 1;
    if (isFound) this.found += 1;
  }

  /** @param {boolean} isLeft */
  miss(isLeft) {
    this.misses += 1;
    if (isLeft) this.left += 1;
    else this.falseFinds += 1;
  }
}

/** A map that makes the tallies it is asked for. */
export class Tallies {
  /** @type {Map<string, Tally>} */
  byName = new Map();

  /** @param {string} name */
  of(name) {
    let tally = this.byName.get(name);
    if (tally === undefined) this.byName.set(name, (tally = new Tally()));
    return tally;
  }

  /**
   * Recall, and what was rightly left, of every tally; precision where there were finds.
   *
   * @param {import('../report.mjs').TopicReport} report
   * @param {string} title
   * @param {(name: string) => number | undefined} atLeastOf
   */
  report(report, title, atLeastOf) {
    for (const [name, { hits, found, misses, left, falseFinds }] of this.byName) {
      const atLeast = atLeastOf(name);
      const floor = atLeast === undefined ? {} : { atLeast };
      if (hits > 0) report.score(`${title} recall ${name}`, found, hits, floor);
      if (found + falseFinds > 0) report.score(`${title} precision ${name}`, found, found + falseFinds);
      if (misses > 0) report.score(`${title} left alone ${name}`, left, misses, floor);
    }
  }
}

/**
 * Whether one of the findings covers a span, white space at its edges apart.
 *
 * @param {readonly { start: number; end: number }[]} findings
 * @param {string} text
 * @param {readonly [number, number]} span
 */
export function covers(findings, text, [start, end]) {
  const value = text.slice(start, end);
  const from = start + value.length - value.trimStart().length;
  const to = end - value.length + value.trimEnd().length;
  return findings.some((finding) => finding.start <= from && finding.end >= to);
}
