import { cpus } from 'node:os';

/** @typedef {import('./measure.mjs').GroupResult} GroupResult */

/**
 * A table of one group for a terminal: the anchor is the line with ratio 1.
 *
 * @param {GroupResult} group
 */
export function formatGroup({ name, calls, anchor, targets }) {
  const rows = [
    ['', 'ratio', 'spread', 'CPU ns', 'wall ns'],
    [anchor.name, '1.00', percent(anchor.spread), nanoseconds(anchor.cpuNs), nanoseconds(anchor.wallNs)],
    ...targets.map((target) =>
      target.failed !== undefined
        ? [target.name, 'FAILED']
        : [
            target.name,
            target.ratio.toFixed(target.ratio < 0.1 ? 3 : 2),
            percent(target.spread),
            nanoseconds(target.cpuNs),
            nanoseconds(target.wallNs),
          ],
    ),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  const failures = targets.flatMap((target) =>
    target.failed === undefined ? [] : [`  ${target.name} failed: ${target.failed}`],
  );
  return [
    `${name} (${calls} calls a measurement)`,
    ...lines.map((line) => `  ${line.trimEnd()}`),
    ...failures,
  ].join('\n');
}

/**
 * What a result file says: enough to know what two of them have in common.
 *
 * @param {string} suite
 * @param {number} rounds
 * @param {readonly GroupResult[]} groups
 */
export function toJson(suite, rounds, groups) {
  const processors = cpus();
  return {
    suite,
    date: new Date().toISOString(),
    node: process.version,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    rounds,
    groups,
  };
}

/** @param {number} fraction */
function percent(fraction) {
  return `± ${(fraction * 100).toFixed(1)} %`;
}

/** @param {number} value */
function nanoseconds(value) {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(1);
}
