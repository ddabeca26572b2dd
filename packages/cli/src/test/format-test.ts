import type { FixtureResult } from '@mcpplugins/testing';
import type { Style } from '../output/style.js';
import { printable } from '../output/write.js';
import type { TestedFile } from './test-file.js';

/** One file of fixtures: a line each, and under those that failed what came out and where it differs. */
export function formatTestedFile({ file, lines, results, isUpdated }: TestedFile, style: Style): string {
  const shown = results.map((result, index) =>
    formatResult(result, `${file}:${lines[index]}`, isUpdated, style),
  );
  const note = isUpdated ? `  ${style.yellow('expectations were rewritten')}\n` : '';
  return `${style.bold(file)}\n${shown.join('')}${note}`;
}

function formatResult(
  { name, isPassed, actual, differences, update }: FixtureResult,
  place: string,
  isUpdated: boolean,
  style: Style,
): string {
  if (isPassed) return `  ${style.green('ok')}    ${printable(name)}\n`;
  if (isUpdated && update !== undefined)
    return `  ${style.yellow('new')}   ${printable(name)}: ${printable(actual)}\n`;
  const details = differences.map(
    ({ path, expected, actual: got }) =>
      `        ${path}: expected ${show(expected)}, and it is ${show(got)}\n`,
  );
  const missing =
    differences.length === 0 && update !== undefined
      ? '        nothing is expected of it: write `expect`, or run with --update\n'
      : '';
  return `  ${style.red('FAIL')}  ${printable(name)} (${place})\n        outcome: ${printable(actual)}\n${details.join('')}${missing}`;
}

function show(value: unknown): string {
  return printable(JSON.stringify(value) ?? 'nothing');
}
