import type { Diagnostic } from '@mcpplugins/config-loader';
import type { Style } from './style.js';

/** What `formatFindings` prints: a diagnostic of `config-loader`, or one like it with a code of another package. */
export type Finding = Omit<Diagnostic, 'code'> & { readonly code: string };

/** Findings about a configuration: for each `file:line:column`, what is wrong, the line in question and what to do. */
export function formatFindings(diagnostics: readonly Finding[], style: Style): string {
  return diagnostics.map((diagnostic) => formatFinding(diagnostic, style)).join('\n');
}

function formatFinding(diagnostic: Finding, style: Style): string {
  const { severity, code, file, line, column, path, message, frame, suggestion } = diagnostic;
  const colour = { error: style.red, warning: style.yellow, notice: style.cyan }[severity];
  const place = frame === '' ? file : `${file}:${line}:${column}`;
  const where = path === '' ? '' : style.dim(` at ${path}`);
  const rows = [`${style.bold(place)} ${colour(severity)} ${style.dim(code)}${where}`, `  ${message}`];
  if (frame !== '')
    rows.push(...frame.split('\n').map((row) => `    ${row.startsWith('>') ? row : style.dim(row)}`));
  if (suggestion !== undefined) rows.push(`  ${style.green(suggestion)}`);
  return `${rows.join('\n')}\n`;
}

/** `1 error, 2 warnings`, leaving out what there is none of. */
export function countFindings(diagnostics: readonly Finding[]): string {
  const severities = ['error', 'warning', 'notice'] as const;
  const counts = severities.map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? '' : `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((count) => count !== '').join(', ');
}
