import { FrameworkError } from '@mcpplugins/framework-core';
import { type Coverage, type TokenStore, type UpstreamOptions, upstreamOptionsOf } from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import { serversIn } from '../gateway/gateway-sections.js';
import { coverServers, describeNeverMatching } from '../gateway-coverage/cover.js';
import { describeUnreached, type ListedServer, listServer } from '../gateway-coverage/list-server.js';
import type { HostedConfig } from '../guard/load-for-host.js';
import type { Doubt } from './doubt.js';
import { isGuarding } from './mode-groups.js';

/** What is named by the operations that guards are looked for around. */
const kinds = { 'tools/call': 'tools', 'prompts/get': 'prompts' } as const;

/**
 * Doubts about a gateway with the `servers` of a configuration, by what `gateway --check` finds: plugins that match nothing of any
 * server, tools and prompts that nothing guards, servers that cannot be asked. Starts the servers and lists; calls nothing, and asks
 * nobody to log in.
 */
export async function checkGateway(
  { config, host }: HostedConfig,
  tokens: TokenStore,
): Promise<readonly Doubt[]> {
  let upstreams: Readonly<Record<string, UpstreamOptions>>;
  try {
    upstreams = upstreamOptionsOf(serversIn(config), config.directory);
  } catch (error) {
    if (!FrameworkError.is(error)) throw error;
    return [{ plugin: undefined, severity: 'error', code: error.code, message: error.message }];
  }
  const servers = await Promise.all(
    Object.entries(upstreams).map(([name, options]) => listServer(name, options, tokens)),
  );
  const coverage = await coverServers(config, host, servers);
  // What such a server has is not known: a plugin may match it.
  const unreached = describeUnreached(servers).map((problem) => doubt('SERVER_CALL_FAILED', problem));
  return [...unreached, ...checkMatches(coverage, servers), ...checkUnguarded(coverage)];
}

/** With a plugin that is left without any hook, `gateway --check` fails as well. */
function checkMatches({ neverMatching }: Coverage, servers: readonly ListedServer[]): readonly Doubt[] {
  return neverMatching.map((plugin) => ({
    ...doubt('CONDITION_NEVER_MATCHES', describeNeverMatching(plugin, servers)),
    plugin: plugin.plugin,
    severity: plugin.isIdle ? 'error' : 'warning',
  }));
}

function checkUnguarded({ rows }: Coverage): readonly Doubt[] {
  const unguarded = new Map<string, Set<string>>();
  const guarded = new Set<string>();
  for (const { server, method, target, steps } of rows) {
    if (target === undefined || !(method in kinds)) continue;
    const place = `${kinds[method as keyof typeof kinds]} of "${server}"`;
    unguarded.set(place, (unguarded.get(place) ?? new Set()).add(target));
    if (steps.some(({ mode, runs }) => runs !== 'never' && isGuarding(mode)))
      guarded.add(`${place} ${target}`);
  }
  return [...unguarded].flatMap(([place, targets]) => {
    const names = [...targets].filter((target) => !guarded.has(`${place} ${target}`));
    return names.length === 0 ? [] : doubt('UNGUARDED', `nothing guards the ${place}: ${names.join(', ')}`);
  });
}

function doubt(code: CliErrorCode, message: string): Doubt {
  return { plugin: undefined, severity: 'warning', code, message };
}
