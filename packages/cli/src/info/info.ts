import { type DiscoveredPlugin, discoverPlugins, installedPlugins } from '@mcpplugins/config-loader';
import { didYouMean, FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { formatInfo } from './format-info.js';
import { readSettings, type SettingInfo } from './read-settings.js';

/** What `info` takes. */
export interface InfoOptions {
  /** npm package, or the name of a manifest. */
  readonly plugin: string;
  readonly json: boolean;
}

/** Everything that a plugin says of itself, also the JSON of `info`. */
export interface PluginInfo extends Pick<
  DiscoveredPlugin,
  'kind' | 'name' | 'version' | 'description' | 'directory'
> {
  readonly manifest: DiscoveredPlugin['manifest'];
  readonly settings: readonly SettingInfo[];
  /** What is wrong with its manifest, and why its settings are not known. */
  readonly problems: readonly string[];
}

/**
 * Prints what an installed plugin says of itself: manifest and settings.
 * @throws FrameworkError `PACKAGE_NOT_FOUND`
 */
export async function info({ plugin, json }: InfoOptions, terminal: Terminal): Promise<ExitCode> {
  const found = findPlugin(plugin, terminal.cwd);
  const { plugins, failures } = await installedPlugins({ directory: terminal.cwd });
  const schema = plugins.find(({ kind }) => kind === found.kind)?.settingsSchema;
  const { kind, name, version, description, directory, manifest, problems } = found;
  const described: PluginInfo = {
    kind,
    name,
    version,
    description,
    directory,
    manifest,
    settings: schema === undefined ? [] : readSettings(schema),
    problems: [
      ...problems.map(({ message }) => message),
      ...failures.filter((failure) => failure.kind === kind).map(({ reason }) => reason),
    ],
  };
  if (json) writeJson(terminal.stdout, described);
  else terminal.stdout.write(formatInfo(described, styleFor(terminal.stdout, terminal.env)));
  return exitCodes.ok;
}

function findPlugin(wanted: string, directory: string): DiscoveredPlugin {
  const installed = discoverPlugins({ directory });
  const found = installed.find(({ kind, name }) => kind === wanted || name === wanted);
  if (found !== undefined) return found;
  const kinds = installed.map(({ kind }) => kind);
  const advice = didYouMean(wanted, kinds) || (kinds.length === 0 ? '' : `; there are ${kinds.join(', ')}`);
  throw new FrameworkError<CliErrorCode>(
    'PACKAGE_NOT_FOUND',
    `no plugin "${wanted}" is installed here${advice}`,
  );
}
