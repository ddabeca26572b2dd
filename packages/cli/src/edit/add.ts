import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type DiscoveredPlugin, discoverPlugins, validateConfig } from '@mcpplugins/config-loader';
import { FrameworkError, resolvePluginConfig } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { loadGuard } from '../guard/load-guard.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { type BlockChoices, blockFor } from './block-for.js';
import { appendPlugin } from './edit-plugins.js';
import { installPackage, packageName } from './install-package.js';
import { formatPluginBlock } from './plugin-block.js';

/** What `add` takes. */
export interface AddOptions extends BlockChoices {
  /** npm package, with an optional version. */
  readonly spec: string;
  readonly config?: string | undefined;
  /** Whether to run `npm install` when the package is not there. */
  readonly mayInstall: boolean;
  readonly json: boolean;
}

/**
 * Installs a plugin and appends it to a configuration, which is checked before it is written.
 * @throws ConfigError when the configuration would not be valid, and FrameworkError `PACKAGE_NOT_FOUND`,
 * `PACKAGE_NOT_INSTALLABLE`, `PLUGIN_NOT_EDITABLE`, `INPUT_INVALID`
 */
export async function add(options: AddOptions, terminal: Terminal): Promise<ExitCode> {
  const { spec, mayInstall, json } = options;
  const name = packageName(spec);
  const file = findConfig(options.config, terminal);
  const absolute = path.resolve(terminal.cwd, file);
  const config = await loadGuard(file, terminal);
  const plugin = await findOrInstall({ name, spec, mayInstall }, config.directory, terminal);
  const configs = config.plugins.map((registration) => resolvePluginConfig(registration.config));
  const last = Math.max(0, ...configs.map(({ priority }) => priority));
  const priority = options.priority ?? last + 10;
  const block = blockFor(
    plugin,
    { ...options, priority },
    configs.map((other) => other.name),
  );
  const text = appendPlugin(readFileSync(absolute, 'utf8'), block);
  await validateConfig(text, { file: absolute, env: terminal.env });
  writeFileSync(absolute, text);
  if (json) writeJson(terminal.stdout, { ok: true, file, plugin: block });
  else {
    const style = styleFor(terminal.stdout, terminal.env);
    const next = `\nChange it to your needs (mcpplugins info ${name}), then: mcpplugins validate ${file}\n`;
    terminal.stdout.write(
      `${style.green(`${file} has a new plugin`)}\n\n${formatPluginBlock(block, '  ')}${next}`,
    );
  }
  return exitCodes.ok;
}

interface Wanted {
  readonly name: string;
  readonly spec: string;
  readonly mayInstall: boolean;
}

async function findOrInstall(
  { name, spec, mayInstall }: Wanted,
  directory: string,
  terminal: Terminal,
): Promise<DiscoveredPlugin> {
  const find = () => discoverPlugins({ directory }).find(({ kind }) => kind === name);
  const found = find();
  if (found !== undefined && spec === name) return found;
  if (!mayInstall) {
    throw new FrameworkError<CliErrorCode>(
      'PACKAGE_NOT_FOUND',
      `${name} is no plugin that is installed in ${directory}`,
    );
  }
  await installPackage(spec, directory, terminal);
  const installed = find();
  if (installed !== undefined) return installed;
  throw new FrameworkError<CliErrorCode>(
    'PACKAGE_NOT_FOUND',
    `${name} is installed, but is no plugin: its package.json does not have the keyword mcpplugins-plugin`,
  );
}
