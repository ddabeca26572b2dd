import { stripVTControlCharacters } from 'node:util';

/** Rows as columns of equal width, two spaces apart, without trailing spaces. Cells may be styled. */
export function formatTable(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
    });
  }
  return rows.map((row) => `${indent}${formatRow(row, widths)}\n`).join('');
}

function formatRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => {
      const isLast = column === row.length - 1;
      return isLast ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell));
    })
    .join('  ')
    .trimEnd();
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
