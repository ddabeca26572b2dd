import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError, type Logger } from '@mcpplugins/framework-core';
import { forwardingHooks } from '@mcpplugins/gateway/hooks';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { GuardHost } from '../guard/start-guard.js';
import { coverServers, describeNeverMatching } from './cover.js';

/** What `checkStart` looks at. */
export interface StartCheck {
  readonly config: LoadedConfig;
  readonly host: GuardHost;
  /** What they have is not known yet. */
  readonly servers: Readonly<Record<string, { readonly url?: unknown }>>;
  /** Whether plugins that can never run are said and no more. */
  readonly allowsIdle: boolean;
  readonly logger: Logger;
}

/**
 * Sees to it that a plugin of the configuration can run at all, on some server, or around what reaches a server.
 * @throws FrameworkError `CONDITION_NEVER_MATCHES`
 */
export async function checkStart(check: StartCheck): Promise<void> {
  const servers = Object.entries(check.servers).map(([name, { url }]) => ({
    name,
    isRemote: url !== undefined,
  }));
  const hasHttp = servers.some(({ isRemote }) => isRemote);
  // Plugins may be costly to load, and nothing else keeps one from running.
  const plugins = check.config.plugins.filter(
    ({ config }) => (config.conditions ?? []).length > 0 || (!hasHttp && mayForward(config.hooks)),
  );
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

/** Whether a plugin may be on hooks around HTTP requests to servers. */
function mayForward(hooks: readonly string[] | null | undefined): boolean {
  return hooks == null || forwardingHooks.some((hook) => hooks.includes(hook));
}
