import type { DecisionRecord, PluginConfig, PluginManager } from '@mcpplugins/framework-core';
import { DecisionCollector } from '../guard/decision-collector.js';
import { withoutHandlers } from '../guard/dry-plugins.js';
import { hooksAround, type Operation, payloadAfter, payloadBefore } from '../guard/operation.js';
import type { HostedConfig } from '../guard/load-for-host.js';
import { startGuard } from '../guard/start-guard.js';

/** One plugin in the order of a hook. */
export interface PlanStep {
  readonly plugin: string;
  readonly mode: PluginConfig['mode'];
  readonly priority: number;
  readonly runs: boolean;
  /** Why it does not run. */
  readonly reason: string | undefined;
}

/** The order of one hook. */
export interface HookPlan {
  readonly hook: string;
  readonly steps: readonly PlanStep[];
}

/** An operation and the order of both of its hooks. */
export interface OperationPlan {
  readonly operation: Operation;
  readonly hooks: readonly HookPlan[];
}

/**
 * Finds out who runs around operations by sending empty ones through plugins that let everything pass: the executor
 * itself says who ran and who was skipped, and why.
 * @param server name of the server, for conditions
 */
export async function planOperations(
  { config, host }: HostedConfig,
  operations: readonly Operation[],
  server: string | undefined,
): Promise<readonly OperationPlan[]> {
  const plans: OperationPlan[] = [];
  for (const operation of operations) {
    const collector = new DecisionCollector();
    const manager = await startGuard(config, {
      plugins: withoutHandlers(config.plugins),
      host,
      observers: [collector],
    });
    await passThrough(manager, operation, server);
    // Plugins that run after the outcome have had their turn once the manager is shut down.
    await manager.shutdown();
    const { pre, post } = hooksAround(operation);
    const hooks = [pre, post].map((hook) => planOf(hook, collector.records, manager.config.plugins));
    plans.push({ operation, hooks });
  }
  return plans;
}

async function passThrough(
  manager: PluginManager,
  operation: Operation,
  serverId: string | undefined,
): Promise<void> {
  const { pre, post } = hooksAround(operation);
  await using request = manager.openRequest({ serverId }, { record: true });
  await request.invoke(pre, payloadBefore(operation, {}));
  await request.invoke(post, payloadAfter(operation, {}));
}

function planOf(
  hook: string,
  records: readonly DecisionRecord[],
  configs: readonly PluginConfig[],
): HookPlan {
  const priorities = new Map(configs.map(({ name, priority }) => [name, priority]));
  const steps = records
    .filter((record) => record.hook === hook)
    .map(({ plugin, mode, status, reason }) => {
      const priority = priorities.get(plugin) ?? Number.NaN;
      return {
        plugin,
        mode,
        priority,
        runs: status === 'ran',
        reason: status === 'ran' ? undefined : reason,
      };
    });
  return { hook, steps: steps.toSorted((left, right) => left.priority - right.priority) };
}
