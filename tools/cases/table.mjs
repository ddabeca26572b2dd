/**
 * @typedef {import('./adapter.mjs').Adapter} Adapter
 * @typedef {import('./report.mjs').TopicReport} TopicReport
 */

/** More failures than this are counted, not listed. */
const listedFailures = 40;

/**
 * One topic for a terminal: a line of counts, then scores, deviations with their reasons, and failures.
 *
 * @param {string} topic
 * @param {Adapter} adapter
 * @param {TopicReport} report
 */
export function formatTopic(topic, adapter, report) {
  const counts = `${report.passed} passed, ${report.failures.length} failed, ${report.deviations.length} deviations`;
  const failures = report.failures.slice(0, listedFailures);
  const more = report.failures.length - failures.length;
  return [
    `${report.ok ? 'ok  ' : 'FAIL'} ${topic}: ${adapter.title} (${adapter.files.join(', ')})`,
    `     ${counts}`,
    ...section(
      report.scores.map(({ name, found, total, atLeast }) => [
        found / total < atLeast ? 'below' : 'score',
        name,
        `${percent(found, total)}  ${found} of ${total}${atLeast > 0 ? `, at least ${percent(atLeast, 1)}` : ''}`,
      ]),
    ),
    ...section(report.deviations.map(({ id, detail }) => ['deviates', id, detail])),
    ...section(failures.map(({ id, detail }) => ['failed', id, detail])),
    ...(more > 0 ? [`     … and ${more} more failures`] : []),
  ].join('\n');
}

/** @param {readonly (readonly [string, string, string])[]} rows */
function section(rows) {
  const width = Math.max(...rows.map(([, name]) => name.length), 0);
  return rows.map(([kind, name, detail]) => `     ${kind.padEnd(8)}  ${name.padEnd(width)}  ${detail}`);
}

/**
 * @param {number} part
 * @param {number} whole
 */
function percent(part, whole) {
  return whole === 0 ? 'no cases' : `${((100 * part) / whole).toFixed(1)} %`.padStart(7);
}
