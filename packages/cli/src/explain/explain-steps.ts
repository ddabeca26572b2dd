import type { DecisionRecord, PluginConfig } from '@mcpplugins/framework-core';
import { describeReason } from '../guard/describe-reason.js';
import { hooksAround, type Operation } from '../guard/operation.js';

/** What one plugin did on one hook, or why it was not asked. */
export interface ExplainedStep {
  /** Undefined: on neither hook of the operation. */
  readonly hook: string | undefined;
  readonly plugin: string;
  readonly version: string | undefined;
  readonly mode: PluginConfig['mode'];
  readonly status: DecisionRecord['status'] | 'not_on_hook';
  readonly verdict: DecisionRecord['verdict'];
  readonly code: string | undefined;
  /** Why it did not run, or why its failure did not end the call, in words. */
  readonly why: string | undefined;
  readonly changedPaths: readonly string[];
  readonly durationMs: number;
}

/** One step for each hook and plugin, in the order in which they ran, and one for each plugin that is on neither hook. */
export function explainSteps(
  operation: Operation,
  records: readonly DecisionRecord[],
  configs: readonly PluginConfig[],
): readonly ExplainedStep[] {
  const { pre, post } = hooksAround(operation);
  const steps = [pre, post].flatMap((hook) =>
    inOrder(records.filter((record) => record.hook === hook)).map(explainRecord),
  );
  const seen = new Set(steps.map(({ plugin }) => plugin));
  const absent = configs.filter(({ name }) => !seen.has(name));
  return [...steps, ...absent.map((config) => explainAbsent(config, [pre, post]))];
}

/** Plugins that the plan never runs come first in the records; here they come after those that had their turn. */
function inOrder(records: readonly DecisionRecord[]): readonly DecisionRecord[] {
  const isAbsent = ({ mode }: DecisionRecord) => mode === 'disabled';
  return [...records.filter((record) => !isAbsent(record)), ...records.filter(isAbsent)];
}

/** What a decision record says, in words. */
export function explainRecord(record: DecisionRecord): ExplainedStep {
  const { hook, plugin, version, mode, status, reason, verdict, code, changedPaths, durationMs } = record;
  const why = reason === undefined ? undefined : describeReason(reason);
  return { hook, plugin, version, mode, status, verdict, code, why, changedPaths, durationMs };
}

function explainAbsent(config: PluginConfig, hooks: readonly string[]): ExplainedStep {
  const { name: plugin, version, mode } = config;
  const isOnHook = config.hooks === undefined || config.hooks.some((hook) => hooks.includes(hook));
  const why = isOnHook
    ? `it has nothing to do on ${hooks.join(' and ')}, or the call did not come that far`
    : `it is configured for ${(config.hooks ?? []).join(', ')} only`;
  return {
    hook: undefined,
    plugin,
    version,
    mode,
    status: 'not_on_hook',
    verdict: undefined,
    code: undefined,
    why: mode === 'disabled' ? describeReason('disabled') : why,
    changedPaths: [],
    durationMs: 0,
  };
}
