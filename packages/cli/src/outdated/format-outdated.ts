import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { PackageAge } from './outdated.js';

/** The age of packages, for a person. */
export function formatOutdated(packages: readonly PackageAge[], style: Style): string {
  if (packages.length === 0) return 'No plugin package is installed here.\n';
  const head = ['package', 'installed', 'latest', ''].map(style.dim);
  const rows = packages.map((age) => [
    style.bold(printable(age.kind)),
    printable(age.installed ?? '?'),
    age.isOutdated
      ? style.yellow(printable(age.latest ?? ''))
      : printable(age.latest ?? 'not in the registry'),
    age.isMislabelled ? style.yellow(`its manifest says ${printable(age.manifest ?? '')}`) : '',
  ]);
  const old = packages.filter(({ isOutdated }) => isOutdated).map(({ kind }) => `${kind}@latest`);
  const advice =
    old.length === 0
      ? style.green('Every plugin is up to date.')
      : `Update: npm install ${printable(old.join(' '))}, then mcpplugins validate`;
  return `${formatTable([head, ...rows], '  ')}\n${advice}\n`;
}
