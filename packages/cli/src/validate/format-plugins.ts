import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { PluginSummary } from './describe-plugins.js';

/** What runs where, as a table. */
export function formatPlugins(plugins: readonly PluginSummary[], style: Style): string {
  if (plugins.length === 0) return 'No plugins: everything passes unguarded.\n';
  const head = ['plugin', 'mode', 'priority', 'hooks'].map(style.dim);
  const rows = plugins.map((plugin) => [
    style.bold(printable(plugin.name)),
    plugin.mode === 'disabled' ? style.yellow(plugin.mode) : plugin.mode,
    String(plugin.priority),
    formatHooks(plugin, style),
  ]);
  return formatTable([head, ...rows], '  ');
}

function formatHooks({ hooks, mode, hasConditions }: PluginSummary, style: Style): string {
  if (mode === 'disabled') return style.yellow('does not run');
  if (hooks.length === 0) return style.red('does not run: it could not be loaded');
  return `${hooks.join(', ')}${hasConditions ? style.dim(' (on conditions)') : ''}`;
}
