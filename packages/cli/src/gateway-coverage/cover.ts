import type { LoadedConfig } from '@mcpplugins/config-loader';
import { type Coverage, type CoveredServer, measureCoverage, type NeverMatching } from '@mcpplugins/gateway';
import { forwardingHooks } from '@mcpplugins/gateway/hooks';
import { withoutHandlers } from '../guard/dry-plugins.js';
import { type GuardHost, startGuard } from '../guard/start-guard.js';

/** Who of a configuration runs where in a gateway of these servers. */
export async function coverServers(
  config: LoadedConfig,
  host: GuardHost,
  servers: readonly CoveredServer[],
): Promise<Coverage> {
  const plugins = withoutHandlers(config.plugins);
  return measureCoverage((observers) => startGuard(config, { host, plugins, observers }), servers);
}

/** Says that a plugin never runs, or never on some hooks, and what it could run on. */
export function describeNeverMatching(
  { plugin, hooks, isIdle }: NeverMatching,
  servers: readonly CoveredServer[],
): string {
  const where = isIdle ? 'never runs' : `never runs on ${hooks.join(', ')}`;
  const names = servers.map(({ name, tools = [], prompts = [] }) => {
    const has = [...tools, ...prompts];
    return has.length === 0 ? `"${name}"` : `"${name}" (${has.join(', ')})`;
  });
  const needsHttp = hooks.every((hook) => (forwardingHooks as readonly string[]).includes(hook));
  if (needsHttp && servers.every(({ isRemote }) => isRemote === false))
    return `plugin "${plugin}" ${where}: none of ${names.join(', ')} is reached over HTTP`;
  return `plugin "${plugin}" ${where}: its conditions match nothing of ${names.join(', ')}`;
}
