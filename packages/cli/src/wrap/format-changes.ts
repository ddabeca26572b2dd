import type { Style } from '../output/style.js';
import { printable } from '../output/write.js';
import type { FileReport } from './change-clients.js';
import type { ServerChange } from './plan-changes.js';

/** How changes are told. */
export interface FormatOptions {
  readonly verb: 'wrap' | 'unwrap';
  readonly notes: readonly string[];
  readonly isWritten: boolean;
  readonly style: Style;
}

/** Each file with its servers and the difference, then what to do next. */
export function formatChanges(reports: readonly FileReport[], options: FormatOptions): string {
  const { notes, style } = options;
  const files = reports.map((report) => formatFile(report, options));
  const rest = notes.map((note) => `${style.yellow('note')}: ${printable(note)}\n`);
  return `${files.join('\n')}\n${rest.join('')}${formatEnd(reports, options)}`;
}

function formatFile({ change, diff, backup }: FileReport, { verb, style, isWritten }: FormatOptions): string {
  const { title, file, isShared } = change.config.place;
  const rows = [`${style.bold(title)}  ${printable(file)}`];
  const width = Math.max(0, ...change.servers.map(({ name }) => name.length));
  if (change.servers.length === 0) rows.push(style.dim('  none of the servers'));
  for (const server of change.servers) rows.push(formatServer(server, width, style));
  if (diff !== '' && !isWritten) rows.push('', formatDiff(diff, style));
  if (backup !== undefined) rows.push(`  ${style.green('written')}; as it was: ${printable(backup)}`);
  if (verb === 'wrap' && isShared && diff !== '') {
    rows.push(`  ${style.yellow('note')}: others who share this file do not have these absolute paths`);
  }
  return `${rows.join('\n')}\n`;
}

function formatServer({ name, status, why }: ServerChange, width: number, style: Style): string {
  const colour = { changed: style.green, unchanged: style.dim, impossible: style.yellow }[status];
  const mark = { changed: '+', unchanged: '=', impossible: '!' }[status];
  return `  ${colour(mark)} ${printable(name.padEnd(width))}  ${printable(why)}`;
}

function formatDiff(diff: string, style: Style): string {
  const rows = printable(diff.trimEnd()).split('\n').slice(2);
  return rows.map((row) => `    ${colourOf(row, style)(row)}`).join('\n');
}

function colourOf(row: string, style: Style): (text: string) => string {
  if (row.startsWith('+')) return style.green;
  return row.startsWith('-') ? style.red : style.dim;
}

function formatEnd(reports: readonly FileReport[], { verb, isWritten, style }: FormatOptions): string {
  if (reports.every(({ diff }) => diff === '')) return 'Nothing to change.\n';
  if (!isWritten) return 'Nothing is changed yet: the same command with --write does it.\n';
  const undo = verb === 'wrap' ? '; mcpplugins unwrap takes the guards away again' : '';
  return `${style.green('Done')}. Restart the client${undo}\n`;
}
