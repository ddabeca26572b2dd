import type { PluginMode } from '../config/modes.js';
import type { PluginSettings } from '../config/plugin-settings.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { CompiledPattern } from '../manager/plugin-manager-options.js';
import type { PayloadLimits } from '../payload/limits.js';
import { compileStep, type ConfiguredPlugin, type Step } from './step.js';

/** Steps that get the same input at the same time; merged in this order. */
interface Band {
  readonly isBand: true;
  readonly members: readonly Step[];
}

/** What a plan runs in its turn: one step, or a band of them. */
type Stage = Step | Band;

/** A plugin of the hook that the plan never runs, for records. */
interface AbsentPlugin {
  readonly plugin: string;
  readonly version: string | undefined;
  readonly mode: PluginMode;
  /** `error_ignored`: it could not be loaded or initialised, and its configuration lets the host run without it. */
  readonly reason: 'disabled' | 'error_ignored';
}

/** The compiled, immutable order of one hook. */
export interface Plan {
  readonly contract: AnyHookContract;
  readonly stages: readonly Stage[];
  /** Number of steps in all stages: what a call that continues must have settled. */
  readonly stepCount: number;
  readonly background: readonly Step[];
  readonly absent: readonly AbsentPlugin[];
  readonly mayBlock: boolean;
  readonly limits: PayloadLimits;
  /** Bounds of what a pre hook may answer with. */
  readonly responseLimits: PayloadLimits;
  /** Milliseconds for all steps together, if limited. */
  readonly budgetMs: number | undefined;
}

/** What compiling plans needs besides the plugins. */
export interface PlanOptions {
  readonly settings: PluginSettings;
  readonly compilePattern: ((pattern: string) => CompiledPattern) | undefined;
}

/**
 * Compiles the plan of one hook: ascending priority, ties in file order, concurrent plugins at the end of their priority.
 * @throws FrameworkError `PATTERN_UNSUPPORTED`
 */
export function compilePlan(
  contract: AnyHookContract,
  plugins: readonly ConfiguredPlugin[],
  { settings, compilePattern }: PlanOptions,
): Plan {
  const onHook = plugins.filter(
    ({ ref, config, handlers }) =>
      (config.hooks?.includes(contract.name) ?? true) && (ref === undefined || contract.name in handlers),
  );
  const steps = onHook.flatMap(
    (plugin) => compileStep(plugin, contract.name, settings, compilePattern) ?? [],
  );
  const inTurn = steps.filter((step) => step.row.timing !== 'background');
  // zod compiles a schema at its first parse, with globals that a plugin might have replaced by then.
  if (steps.length > 0) contract.payload.safeParse({});
  const stages = groupByPriority(inTurn).flatMap((group) =>
    toStages(group, settings.parallelExecutionWithinBand),
  );
  return Object.freeze({
    contract,
    stages: Object.freeze(stages),
    stepCount: inTurn.length,
    background: Object.freeze(steps.filter((step) => step.row.timing === 'background')),
    absent: Object.freeze(onHook.flatMap(toAbsent)),
    mayBlock: inTurn.some((step) => step.row.mayBlock),
    limits: limitsOf(settings, contract.phase === 'pre' ? settings.maxPayloadBytes : settings.maxResultBytes),
    responseLimits: limitsOf(settings, settings.maxResultBytes),
    budgetMs: settings.hookTimeout === undefined ? undefined : settings.hookTimeout * 1000,
  });
}

function groupByPriority(steps: readonly Step[]): Step[][] {
  const groups = new Map<number, Step[]>();
  for (const step of steps) {
    const group = groups.get(step.priority);
    if (group === undefined) groups.set(step.priority, [step]);
    else group.push(step);
  }
  return [...groups].sort(([left], [right]) => left - right).map(([, group]) => group);
}

function toStages(group: readonly Step[], parallel: boolean): Stage[] {
  const inTurn = group.filter((step) => step.row.timing === 'in_turn');
  const concurrent = group.filter((step) => step.row.timing === 'concurrent');
  return [...(parallel ? toBand(inTurn) : inTurn), ...toBand(concurrent)];
}

function toBand(steps: readonly Step[]): readonly Stage[] {
  return steps.length < 2 ? steps : [{ isBand: true, members: steps }];
}

function limitsOf({ maxDepth, maxNodes }: PluginSettings, maxBytes: number): PayloadLimits {
  return Object.freeze({ maxBytes, maxDepth, maxNodes });
}

function toAbsent({ ref, config }: ConfiguredPlugin): AbsentPlugin[] {
  const { name: plugin, mode } = config;
  const version = ref?.version ?? config.version;
  if (mode === 'disabled') return [{ plugin, version, mode, reason: 'disabled' }];
  return ref === undefined ? [{ plugin, version, mode, reason: 'error_ignored' }] : [];
}
