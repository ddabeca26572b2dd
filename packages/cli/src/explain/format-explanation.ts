import type { Style } from '../output/style.js';
import { formatFindings } from '../output/diagnostics.js';
import { printable } from '../output/write.js';
import { formatSteps } from './format-steps.js';
import type { Explanation } from './explain.js';

/** An explanation as text for a person. */
export function formatExplanation(explanation: Explanation, style: Style): string {
  const { operation, isDry, steps, findings } = explanation;
  const name = `${operation.kind} ${printable(operation.target)}`;
  const head = style.bold(`${isDry ? 'Dry call' : 'Call'} of the ${name}: ${formatEnd(explanation, style)}`);
  const table = steps.length === 0 ? 'No plugins are configured.\n' : formatSteps(steps, style);
  const doubts = findings.length === 0 ? '' : `\n${formatFindings(findings, style)}`;
  return `${head}\n\n${table}${formatHint(explanation, style)}${doubts}`;
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

function formatHint({ isDry, end, steps }: Explanation, style: Style): string {
  const hasAfter = steps.some(({ hook }) => hook?.includes('_post_') === true);
  if (!isDry || end !== 'not_called' || hasAfter) return '';
  return style.dim(
    '\nPlugins after the call see what the server answers: add --result JSON, or -- and its command.\n',
  );
}
