import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { ConfiguredPlugin, UnusedPlugin } from './list.js';

/** What `list` found. */
interface PluginLists {
  readonly configured: readonly ConfiguredPlugin[];
  readonly unused: readonly UnusedPlugin[];
}

/** Plugins as tables. */
export function formatList(file: string, { configured, unused }: PluginLists, style: Style): string {
  const head = ['plugin', 'mode', 'priority', 'kind', 'version', ''].map(style.dim);
  const rows = configured.map(({ name, mode, priority, kind, version = '', description = '' }) => [
    style.bold(printable(name)),
    mode === 'disabled' ? style.yellow(mode) : mode,
    String(priority),
    printable(kind),
    printable(version),
    style.dim(printable(description)),
  ]);
  const used = rows.length === 0 ? '  none\n' : formatTable([head, ...rows], '  ');
  return `${style.bold(`Plugins of ${file}`)}\n\n${used}${formatUnused(unused, style)}`;
}

function formatUnused(unused: readonly UnusedPlugin[], style: Style): string {
  if (unused.length === 0) return '';
  const rows = unused.map(({ kind, version = '', description = '' }) => [
    style.bold(printable(kind)),
    printable(version),
    style.dim(printable(description)),
  ]);
  return `\n${style.bold('Installed, not used')}\n\n${formatTable(rows, '  ')}\nUse one: mcpplugins add PACKAGE\n`;
}
