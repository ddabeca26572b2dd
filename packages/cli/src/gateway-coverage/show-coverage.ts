import type { LoadedConfig } from '@mcpplugins/config-loader';
import {
  type Coverage,
  type CoverageRow,
  type TokenStore,
  unguardedIn,
  type UpstreamOptions,
} from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import type { GuardHost } from '../guard/start-guard.js';
import { type Style, styleFor } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { coverServers, describeNeverMatching } from './cover.js';
import { describeUnreached, listServer } from './list-server.js';

/** What `showCoverage` looks at. */
export interface CoverageCheck {
  readonly config: LoadedConfig;
  readonly host: GuardHost;
  readonly servers: Readonly<Record<string, UpstreamOptions>>;
  /** Logins at them. Nobody is asked for another one. */
  readonly tokens: TokenStore;
  /** Whether plugins that can never run count as failures. */
  readonly allowsIdle: boolean;
}

/** Asks every server what it has, and prints which plugins run around what, what nothing guards, and which plugins never run. */
export async function showCoverage(check: CoverageCheck, terminal: Terminal): Promise<ExitCode> {
  const servers = await Promise.all(
    Object.entries(check.servers).map(([name, options]) => listServer(name, options, check.tokens)),
  );
  const coverage = await coverServers(check.config, check.host, servers);
  const style = styleFor(terminal.stdout, terminal.env);
  const unreached = describeUnreached(servers);
  const idle = coverage.neverMatching.map((plugin) => describeNeverMatching(plugin, servers));
  terminal.stdout.write(`${formatRows(coverage, style)}\n`);
  for (const problem of [...unreached, ...idle]) {
    terminal.stdout.write(`${style.red(printable(problem))}\n`);
  }
  const isBad =
    unreached.length > 0 || (!check.allowsIdle && coverage.neverMatching.some(({ isIdle }) => isIdle));
  return isBad ? exitCodes.failure : exitCodes.ok;
}

function formatRows(coverage: Coverage, style: Style): string {
  const unguarded = new Set(unguardedIn(coverage));
  const shown = coverage.rows.filter((row) => unguarded.has(row) || row.steps.length > 0);
  return formatTable(
    shown.map((row) => [
      style.bold(printable(row.server)),
      printable(row.target === undefined ? row.method : `${row.method} ${row.target}`),
      style.cyan(row.hook),
      unguarded.has(row) ? [...stepsOf(row), style.yellow('unguarded')].join(', ') : stepsOf(row).join(', '),
    ]),
    '',
  );
}

function stepsOf({ steps }: CoverageRow): readonly string[] {
  return steps
    .filter(({ runs }) => runs !== 'never')
    .map(({ plugin, mode, runs }) => {
      const when = runs === 'depends' ? ', depending on the call' : '';
      return `${printable(plugin)} (${mode}${when})`;
    });
}
