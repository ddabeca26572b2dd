/**
 * @typedef {{ id: string; detail: string }} Finding
 * @typedef {{ name: string; found: number; total: number; atLeast: number }} Score
 */

/**
 * Collects what an adapter finds. Cases are passed, failed, or deviations: cases whose source wants something that our
 * design decides otherwise, with the reason. Figures over many cases (recall, false alarms) are scores.
 */
export class TopicReport {
  passed = 0;
  /** @type {Finding[]} */
  failures = [];
  /** @type {Finding[]} */
  deviations = [];
  /** @type {Score[]} */
  scores = [];

  /** A case came out as its source says. */
  pass() {
    this.passed += 1;
  }

  /**
   * @param {string} id the case's id
   * @param {string} detail what was expected and what came, on one line
   */
  fail(id, detail) {
    this.failures.push({ id, detail });
  }

  /**
   * @param {string} id the case's id
   * @param {string} reason why ours differs, and where that is decided
   */
  deviate(id, reason) {
    this.deviations.push({ id, detail: reason });
  }

  /**
   * @param {string} name for example `recall email`
   * @param {number} found
   * @param {number} total
   * @param {{ atLeast?: number }} [floor] a share of 0 to 1; below it the topic fails
   */
  score(name, found, total, { atLeast = 0 } = {}) {
    this.scores.push({ name, found, total, atLeast });
  }

  /** Scores under their floor. */
  get lowScores() {
    return this.scores.filter(({ found, total, atLeast }) => total === 0 || found / total < atLeast);
  }

  /** Whether every case passed or deviates for a reason, and every score reaches its floor. */
  get ok() {
    return this.failures.length === 0 && this.lowScores.length === 0;
  }
}
