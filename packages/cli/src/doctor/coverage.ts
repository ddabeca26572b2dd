import type { PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks } from '@mcpplugins/gateway/hooks';
import { withoutEffects } from '../guard/dry-plugins.js';
import type { HostedConfig } from '../guard/load-for-host.js';
import { gatewayHooksOf, startGuard } from '../guard/start-guard.js';
import { describePlugins } from '../validate/describe-plugins.js';

/** Who is on one hook. */
export interface OperationCoverage {
  readonly hook: string;
  readonly plugins: readonly {
    readonly name: string;
    readonly mode: string;
    readonly hasConditions: boolean;
  }[];
}

/**
 * Who is on each hook around what clients and servers ask of each other, in the order in which they run; and on those of HTTP requests and
 * of servers that plugins are on: most gateways have none there, and miss nothing.
 */
export async function coverageOf({ config, host }: HostedConfig): Promise<readonly OperationCoverage[]> {
  const fires = gatewayHooksOf(host);
  const plugins = withoutEffects(config.plugins);
  const manager: PluginManager = await startGuard(config, { plugins, host });
  const summaries = describePlugins(manager, fires);
  await manager.shutdown();
  const coverage = fires.map((hook) => ({
    hook,
    plugins: summaries
      .filter(({ hooks }) => hooks.includes(hook))
      .map(({ name, mode, hasConditions }) => ({ name, mode, hasConditions })),
  }));
  return coverage.filter(({ hook, plugins: found }) => found.length > 0 || gatewayHooks.includes(hook));
}
