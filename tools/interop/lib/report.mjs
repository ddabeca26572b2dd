import { isDeepStrictEqual } from 'node:util';

/** Collects what holds and what does not. */
export class Report {
  passed = 0;
  /** @type {string[]} */
  failures = [];

  /**
   * @param {string} what
   * @param {unknown} seen
   * @param {unknown} expected
   */
  equal(what, seen, expected) {
    if (isDeepStrictEqual(plain(seen), plain(expected))) this.passed++;
    else this.fail(what, `expected ${JSON.stringify(expected)}\n    but saw  ${JSON.stringify(seen)}`);
  }

  /**
   * @param {string} what
   * @param {string} why
   */
  fail(what, why) {
    this.failures.push(what);
    console.error(`  FAILED ${what}\n    ${why}`);
  }

  /** Prints the sum. @returns {boolean} whether everything holds */
  finish() {
    console.log(`${this.passed} checks hold, ${this.failures.length} do not`);
    return this.failures.length === 0 && this.passed > 0;
  }
}

/** @param {unknown} value */
function plain(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
