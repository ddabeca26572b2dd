import { explainRecord } from '../explain/explain-steps.js';
import { formatSteps } from '../explain/format-steps.js';
import type { Style } from '../output/style.js';
import { printable } from '../output/write.js';
import type { Invocation } from './invoke.js';

/** What came of a hook call as text for a person. */
export function formatInvocation(invocation: Invocation, style: Style): string {
  const { hook, decisions, continueProcessing, isChanged, response, payload } = invocation;
  const table =
    decisions.length === 0
      ? '  no plugin is on this hook\n'
      : formatSteps(decisions.map(explainRecord), style);
  const parts = [`${style.bold(hook)}: ${formatEnd(invocation, style)}\n`, table];
  if (continueProcessing && isChanged) parts.push(`payload after the plugins:\n${formatValue(payload)}\n`);
  if (response !== undefined) parts.push(`answer of ${response.plugin}:\n${formatValue(response.result)}\n`);
  return parts.join('\n');
}

function formatEnd({ continueProcessing, violation, response }: Invocation, style: Style): string {
  if (!continueProcessing) {
    return style.red(
      `blocked by ${violation?.plugin ?? '?'}: ${violation?.reason ?? ''} (${violation?.code ?? '?'})`,
    );
  }
  return style.green(response === undefined ? 'goes on' : `answered by ${response.plugin}`);
}

function formatValue(value: unknown): string {
  return printable(JSON.stringify(value, undefined, 2) ?? 'undefined');
}
