import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { ExplainedStep } from './explain-steps.js';
import type { Explanation } from './explain.js';

/** An explanation as text for a person. */
export function formatExplanation(explanation: Explanation, style: Style): string {
  const { operation, isDry, steps } = explanation;
  const name = `${operation.kind} ${printable(operation.target)}`;
  const head = style.bold(`${isDry ? 'Dry call' : 'Call'} of the ${name}: ${formatEnd(explanation, style)}`);
  const columns = ['hook', 'plugin', 'mode', 'status', 'verdict', 'what', 'time'].map(style.dim);
  const rows = steps.map((step) => formatStep(step, style));
  const table = steps.length === 0 ? 'No plugins are configured.\n' : formatTable([columns, ...rows], '  ');
  return `${head}\n\n${table}${formatHint(explanation, style)}`;
}

function formatEnd({ end, violation, error }: Explanation, style: Style): string {
  switch (end) {
    case 'answered':
      return style.green('the server answered');
    case 'not_called':
      return style.green('nothing keeps it from the server');
    case 'responded':
      return style.green('a plugin answered in place of the server');
    case 'failed':
      return style.red(`the server refused it: ${printable(error ?? '')}`);
    case 'blocked':
      return style.red(
        `blocked by ${violation?.plugin ?? '?'}: ${violation?.reason ?? ''} (${violation?.code ?? '?'})`,
      );
  }
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

function formatHint({ isDry, end, steps }: Explanation, style: Style): string {
  const hasAfter = steps.some(({ hook }) => hook?.includes('_post_') === true);
  if (!isDry || end !== 'not_called' || hasAfter) return '';
  return style.dim(
    '\nPlugins after the call see what the server answers: add --result JSON, or -- and its command.\n',
  );
}
