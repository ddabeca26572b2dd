import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { ExplainedStep } from './explain-steps.js';

/** What each plugin did, as a table. */
export function formatSteps(steps: readonly ExplainedStep[], style: Style): string {
  const columns = ['hook', 'plugin', 'mode', 'status', 'verdict', 'what', 'time'].map(style.dim);
  return formatTable([columns, ...steps.map((step) => formatStep(step, style))], '  ');
}

function formatStep(step: ExplainedStep, style: Style): string[] {
  const { hook, plugin, mode, status, verdict, durationMs } = step;
  return [
    style.cyan(hook ?? '-'),
    style.bold(printable(plugin)),
    mode,
    status === 'ran' ? status : style.yellow(status),
    formatVerdict(verdict, style),
    describe(step),
    status === 'ran' ? style.dim(`${durationMs.toFixed(2)} ms`) : '',
  ];
}

function formatVerdict(verdict: string | undefined, style: Style): string {
  if (verdict === 'block') return style.red(verdict);
  if (verdict === 'modify' || verdict === 'respond') return style.green(verdict);
  return verdict === 'would_block' ? style.yellow(verdict) : (verdict ?? '');
}

function describe({ code, why, changedPaths }: ExplainedStep): string {
  const changes = changedPaths.length === 0 ? undefined : `changes ${changedPaths.join(' ')}`;
  return printable([code, why, changes].filter((part) => part !== undefined).join('; '));
}
