import type { Style } from '../output/style.js';
import { printable } from '../output/write.js';
import type { CallVerdict } from '../record/recording.js';
import type { Difference } from './compare-verdicts.js';
import type { Replay } from './replay.js';

/** What a replay found, for a person. */
export function formatReplay(replay: Replay, style: Style): string {
  const { recording, config, against, requests, calls, differences } = replay;
  const subject = `${recording}: ${requests} requests with ${calls} hook calls, replayed with ${config}`;
  if (differences.length === 0) {
    return `${subject}\n${style.green(`Every verdict is as ${against === 'recorded' ? 'it was recorded' : `with ${against}`}.`)}\n`;
  }
  const [left, right] = against === 'recorded' ? ['recorded', 'replayed'] : [against, config];
  const width = Math.max(left.length, right.length);
  const entries = differences.map((difference) =>
    [
      `  ${style.bold(`#${difference.call}`)} ${difference.hook} ${printable(difference.target)}`,
      `     ${left.padEnd(width)}  ${describe(difference.before, style)}`,
      `     ${right.padEnd(width)}  ${describe(difference.after, style)}`,
    ].join('\n'),
  );
  return `${subject}\n\n${entries.join('\n')}\n\n${style.yellow(summary(differences))}\n`;
}

function describe(verdict: CallVerdict | undefined, style: Style): string {
  if (verdict === undefined) return style.dim('not reached: the call was blocked or answered before');
  const { code, plugin, changedPaths, wouldBlock } = verdict;
  const parts = [
    verdict.verdict === 'block' ? style.red('block') : verdict.verdict,
    ...(code === undefined ? [] : [code]),
    ...(plugin === undefined ? [] : [`by ${printable(plugin)}`]),
    ...changedPaths.map((path) => printable(path)),
    ...wouldBlock.map((entry) => `would block: ${printable(entry)}`),
  ];
  return parts.join('  ');
}

function summary(differences: readonly Difference[]): string {
  const count = (matches: (difference: Difference) => boolean): number => differences.filter(matches).length;
  const blocked = count(({ before, after }) => before?.verdict !== 'block' && after?.verdict === 'block');
  const released = count(({ before, after }) => before?.verdict === 'block' && after?.verdict !== 'block');
  const parts = [
    `${differences.length} ${differences.length === 1 ? 'call comes' : 'calls come'} out differently`,
    ...(blocked > 0 ? [`${blocked} now blocked`] : []),
    ...(released > 0 ? [`${released} no longer blocked`] : []),
  ];
  return `${parts.join(', ')}.`;
}
