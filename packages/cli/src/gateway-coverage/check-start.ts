import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError, type Logger } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { GuardHost } from '../guard/start-guard.js';
import { coverServers, describeNeverMatching } from './cover.js';

/** What `checkStart` looks at. */
export interface StartCheck {
  readonly config: LoadedConfig;
  readonly host: GuardHost;
  /** Names of the servers; what they have is not known yet. */
  readonly servers: readonly string[];
  /** Whether plugins that can never run are said and no more. */
  readonly allowsIdle: boolean;
  readonly logger: Logger;
}

/**
 * Sees to it that a plugin of the configuration can run at all, on some server.
 * @throws FrameworkError `CONDITION_NEVER_MATCHES`
 */
export async function checkStart(check: StartCheck): Promise<void> {
  const servers = check.servers.map((name) => ({ name }));
  // Only conditions keep a plugin from running, and plugins may be costly to load.
  const plugins = check.config.plugins.filter(({ config }) => (config.conditions ?? []).length > 0);
  if (plugins.length === 0) return;
  const { neverMatching } = await coverServers({ ...check.config, plugins }, check.host, servers);
  const problems = neverMatching
    .filter(({ isIdle }) => isIdle)
    .map((plugin) => describeNeverMatching(plugin, servers));
  if (problems.length === 0) return;
  if (!check.allowsIdle)
    throw new FrameworkError<CliErrorCode>('CONDITION_NEVER_MATCHES', problems.join('; '));
  for (const problem of problems) check.logger.warn(problem);
}
