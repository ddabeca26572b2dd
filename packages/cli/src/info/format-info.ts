import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { PluginInfo } from './info.js';
import type { SettingInfo } from './read-settings.js';

/** What a plugin says of itself as text for a person. */
export function formatInfo(info: PluginInfo, style: Style): string {
  const { kind, version, description, directory, manifest, settings, problems } = info;
  const facts = [
    ['hooks', manifest?.availableHooks?.join(', ')],
    ['tags', manifest?.tags?.join(', ')],
    ['author', manifest?.author],
    ['licence', manifest?.license],
    ['homepage', manifest?.homepage],
    ['folder', directory],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  const rows = facts.map(([name, value]) => [style.dim(name), printable(value)]);
  return [
    `${style.bold(printable(kind))} ${printable(version ?? '')}\n${printable(description ?? '')}\n`,
    formatTable(rows, '  '),
    `${style.bold('Settings')}\n\n${formatSettings(settings, style)}`,
    ...problems.map((problem) => style.yellow(`warning: ${printable(problem)}\n`)),
    `Use it: mcpplugins add ${kind}\n`,
  ].join('\n');
}

function formatSettings(settings: readonly SettingInfo[], style: Style): string {
  if (settings.length === 0) return '  none\n';
  const rows = settings.map(({ name, type, isRequired, default: value, description = '' }) => [
    style.cyan(printable(name)),
    printable(type),
    isRequired ? style.yellow('required') : printable(value ?? ''),
    style.dim(printable(description)),
  ]);
  return formatTable([['setting', 'type', 'default', ''].map(style.dim), ...rows], '  ');
}
