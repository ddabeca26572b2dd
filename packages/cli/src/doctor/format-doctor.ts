import { countFindings, formatFindings } from '../output/diagnostics.js';
import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { OperationCoverage } from './coverage.js';
import type { Diagnosis } from './doctor.js';
import { isGuarding } from './mode-groups.js';

/** A diagnosis as text for a person. */
export function formatDoctor({ ok, file, findings, coverage }: Diagnosis, style: Style): string {
  const parts: string[] = [];
  if (coverage.length > 0)
    parts.push(`${style.bold('Who runs where')}\n\n${formatCoverage(coverage, style)}`);
  if (findings.length > 0) parts.push(formatFindings(findings, style));
  parts.push(
    `${formatVerdict(ok, file, style)}${findings.length === 0 ? '' : ` (${countFindings(findings)})`}\n`,
  );
  return parts.join('\n');
}

function formatVerdict(ok: boolean, file: string, style: Style): string {
  return ok
    ? style.green(`The guard of ${file} starts and runs`)
    : style.red(`The guard of ${file} needs attention`);
}

function formatCoverage(coverage: readonly OperationCoverage[], style: Style): string {
  return formatTable(
    coverage.map(({ hook, plugins }) => {
      const names = plugins.map(({ name, mode, hasConditions }) => {
        const on = hasConditions ? ', on conditions' : '';
        return `${printable(name)} ${style.dim(`(${mode}${on})`)}`;
      });
      const hasGuard = plugins.some(({ mode }) => isGuarding(mode as Parameters<typeof isGuarding>[0]));
      return [
        style.cyan(hook),
        hasGuard ? names.join(', ') : [...names, style.yellow('unguarded')].join(', '),
      ];
    }),
    '  ',
  );
}
