import { discoverPlugins } from '@mcpplugins/config-loader';
import { resolvePluginConfig } from '@mcpplugins/framework-core';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { loadGuard } from '../guard/load-guard.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { formatList } from './format-list.js';

/** What `list` takes. */
export interface ListOptions {
  readonly config?: string | undefined;
  readonly json: boolean;
}

/** A plugin of the configuration. */
export interface ConfiguredPlugin {
  readonly name: string;
  readonly kind: string;
  readonly version: string | undefined;
  readonly mode: string;
  readonly priority: number;
  readonly description: string | undefined;
}

/** A plugin package that is installed and that the configuration does not use. */
export interface UnusedPlugin {
  readonly kind: string;
  readonly version: string | undefined;
  readonly description: string | undefined;
}

/** Prints the plugins of a configuration, and those that it could use. */
export async function list(options: ListOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal);
  const config = await loadGuard(file, terminal);
  const installed = discoverPlugins({ directory: config.directory });
  const configured = config.plugins.map((registration): ConfiguredPlugin => {
    const { name, kind, version, mode, priority, description } = resolvePluginConfig(registration.config);
    const found = installed.find((plugin) => plugin.kind === packageOf(kind));
    return {
      name,
      kind,
      version: version ?? found?.version,
      mode,
      priority,
      description: description ?? found?.description,
    };
  });
  const used = new Set(configured.map(({ kind }) => packageOf(kind)));
  const unused = installed
    .filter(({ kind }) => !used.has(kind))
    .map(({ kind, version, description }): UnusedPlugin => ({ kind, version, description }));
  if (options.json) writeJson(terminal.stdout, { file, configured, installed: unused });
  else
    terminal.stdout.write(formatList(file, { configured, unused }, styleFor(terminal.stdout, terminal.env)));
  return exitCodes.ok;
}

/** A kind without the name of the export. */
function packageOf(kind: string): string {
  return kind.split('#')[0] ?? kind;
}
