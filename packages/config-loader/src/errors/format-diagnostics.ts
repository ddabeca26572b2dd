import type { Diagnostic } from './diagnostic.js';

/**
 * Diagnostics as text for a terminal or log: for each `file:line:column`, what is wrong, the code frame, and what to
 * do. Ends with a count when there are several.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const blocks = diagnostics.map(formatDiagnostic);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 1) blocks.push(`${errors} errors`);
  return blocks.join('\n\n');
}

function formatDiagnostic({
  severity,
  code,
  file,
  line,
  column,
  path,
  message,
  suggestion,
  frame,
}: Diagnostic): string {
  const place = frame === '' ? file : `${file}:${line}:${column}`;
  const rows = [`${place} ${severity} ${code}${path === '' ? '' : ` at ${path}`}`, `  ${message}`];
  if (frame !== '') rows.push(...frame.split('\n').map((row) => `    ${row}`));
  if (suggestion !== undefined) rows.push(`  ${suggestion}`);
  return rows.join('\n');
}
