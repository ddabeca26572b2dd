import type { DecisionRecord, PluginManager } from '@mcpplugins/framework-core';
import { DecisionCollector } from '../guard/decision-collector.js';
import { withoutHandlers } from '../guard/dry-plugins.js';
import { findConfig } from '../guard/find-config.js';
import { loadGuard } from '../guard/load-guard.js';
import { hooksAround, type Operation, payloadAfter, payloadBefore } from '../guard/operation.js';
import { startGuard } from '../guard/start-guard.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { formatPlan } from './format-plan.js';

/** What `plan` takes. */
export interface PlanOptions {
  readonly operation: Operation;
  readonly config?: string | undefined;
  /** Name of the server and of the user, for conditions. */
  readonly server?: string | undefined;
  readonly json: boolean;
}

/** One plugin in the order of a hook. */
export interface PlanStep {
  readonly plugin: string;
  readonly mode: DecisionRecord['mode'];
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

/** Prints which plugins run around an operation, in which order, and why the others do not. */
export async function plan(options: PlanOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal);
  const config = await loadGuard(file, terminal);
  const collector = new DecisionCollector();
  const manager = await startGuard(config, {
    plugins: withoutHandlers(config.plugins),
    hasServerName: options.server !== undefined,
    observers: [collector],
  });
  await passThrough(manager, options);
  const { pre, post } = hooksAround(options.operation);
  const plans = [pre, post].map((hook) => planOf(hook, collector.records, manager));
  if (options.json) writeJson(terminal.stdout, { file, ...options.operation, hooks: plans });
  else terminal.stdout.write(formatPlan(options.operation, plans, styleFor(terminal.stdout, terminal.env)));
  return exitCodes.ok;
}

/** Sends an empty operation through plugins that let everything pass: the executor itself says who runs. */
async function passThrough(manager: PluginManager, { operation, server }: PlanOptions): Promise<void> {
  const { pre, post } = hooksAround(operation);
  await using request = manager.openRequest({ serverId: server }, { record: true });
  await request.invoke(pre, payloadBefore(operation, {}));
  await request.invoke(post, payloadAfter(operation, {}));
  // Plugins that run after the outcome have had their turn once the manager is shut down.
  await manager.shutdown();
}

function planOf(hook: string, records: readonly DecisionRecord[], manager: PluginManager): HookPlan {
  const configs = new Map(manager.config.plugins.map((config) => [config.name, config]));
  const steps = records
    .filter((record) => record.hook === hook)
    .map(({ plugin, mode, status, reason }) => {
      const priority = configs.get(plugin)?.priority ?? Number.NaN;
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
