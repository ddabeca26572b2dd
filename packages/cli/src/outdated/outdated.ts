import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type DiscoveredPlugin, discoverPlugins } from '@mcpplugins/config-loader';
import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { formatOutdated } from './format-outdated.js';
import { latestVersion } from './latest-version.js';

/** What `outdated` takes. */
export interface OutdatedOptions {
  readonly json: boolean;
}

/** An installed plugin package, against its manifest and the registry. */
export interface PackageAge {
  readonly kind: string;
  /** Version in its package.json. */
  readonly installed: string | undefined;
  /** Version in its manifest; undefined without a manifest. */
  readonly manifest: string | undefined;
  /** Undefined: the registry does not have it. */
  readonly latest: string | undefined;
  readonly isOutdated: boolean;
  /** Whether its manifest says another version. */
  readonly isMislabelled: boolean;
}

/** Prints which installed plugins have a newer version, and which say another version in their manifest than in their package. */
export async function outdated({ json }: OutdatedOptions, terminal: Terminal): Promise<ExitCode> {
  const directory = terminal.cwd;
  const plugins = discoverPlugins({ directory }).filter(({ source }) => source === 'package');
  const packages = await Promise.all(plugins.map((plugin) => ageOf(plugin, directory, terminal)));
  const isFine = packages.every(({ isOutdated, isMislabelled }) => !isOutdated && !isMislabelled);
  if (json) writeJson(terminal.stdout, { ok: isFine, packages });
  else terminal.stdout.write(formatOutdated(packages, styleFor(terminal.stdout, terminal.env)));
  return isFine ? exitCodes.ok : exitCodes.failure;
}

async function ageOf(plugin: DiscoveredPlugin, directory: string, terminal: Terminal): Promise<PackageAge> {
  const { kind } = plugin;
  const manifest = plugin.manifest?.version;
  const installed = packageVersion(plugin.directory);
  const latest = await latestVersion(kind, directory, terminal);
  return {
    kind,
    installed,
    manifest,
    latest,
    isOutdated: isNewer(latest, installed),
    isMislabelled: manifest !== undefined && manifest !== installed,
  };
}

function isNewer(latest: string | undefined, installed: string | undefined): boolean {
  if (latest === undefined || valid(latest) === null) return false;
  return installed === undefined || valid(installed) === null || gt(latest, installed);
}

function packageVersion(folder: string): string | undefined {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    readonly version?: unknown;
  };
  return typeof version === 'string' ? version : undefined;
}
