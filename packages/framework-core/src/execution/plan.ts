import type { PluginMode } from '../config/modes.js';
import type { PluginSettings } from '../config/plugin-settings.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { CompiledPattern } from '../manager/plugin-manager-options.js';
import type { PayloadLimits } from '../payload/limits.js';
import type { BandRun } from './band-run.js';
import { subjectOf } from './decision-subject.js';
import type { HookRun } from './hook-run.js';
import { Recorder } from './recorder.js';
import type { RunRequest } from './run-environment.js';
import { compileStep, type ConfiguredPlugin, type Step } from './step.js';

/** Steps that get the same input at the same time; merged in this order. */
export interface Band {
  readonly isBand: true;
  readonly members: readonly Step[];
  newRun(run: HookRun): BandRun;
}

/** Steps that run after the outcome, on a snapshot. */
export interface Background {
  start(run: HookRun): void;
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
  readonly background: Background | undefined;
  readonly absent: readonly AbsentPlugin[];
  readonly mayBlock: boolean;
  readonly limits: PayloadLimits;
  /** Bounds of what a pre hook may answer with. */
  readonly responseLimits: PayloadLimits;
  /** Milliseconds for all steps together, if limited. */
  readonly budgetMs: number | undefined;
  /** Makes what builds the records of one call. Only called when somebody listens. */
  newRecorder(request: RunRequest, payload: object): Recorder;
}

/** What compiling plans needs besides the plugins. */
export interface PlanOptions {
  readonly settings: PluginSettings;
  readonly compilePattern: ((pattern: string) => CompiledPattern) | undefined;
}

/**
 * Compiles the plan of one hook: ascending priority, ties in file order, concurrent plugins at the end of their priority.
 * Loads the code of what few plans have: conditions, bands, background steps. So it is there before the first call.
 * @throws FrameworkError `PATTERN_UNSUPPORTED`
 */
export async function compilePlan(
  contract: AnyHookContract,
  plugins: readonly ConfiguredPlugin[],
  { settings, compilePattern }: PlanOptions,
): Promise<Plan> {
  const onHook = plugins.filter(
    ({ ref, config, handlers }) =>
      (config.hooks?.includes(contract.name) ?? true) && (ref === undefined || contract.name in handlers),
  );
  const compiled = await Promise.all(
    onHook.map((plugin) => compileStep(plugin, contract.name, settings, compilePattern)),
  );
  const steps = compiled.filter((step) => step !== undefined);
  const inTurn = steps.filter((step) => step.row.timing !== 'background');
  // zod compiles a schema at its first parse, with globals that a plugin might have replaced by then.
  if (steps.length > 0) contract.payload.safeParse({});
  const stages = await Promise.all(
    groupByPriority(inTurn).map((group) => toStages(group, settings.parallelExecutionWithinBand)),
  );
  const plan: Plan = Object.freeze({
    contract,
    stages: Object.freeze(stages.flat()),
    stepCount: inTurn.length,
    background: await toBackground(steps.filter((step) => step.row.timing === 'background')),
    absent: Object.freeze(onHook.flatMap(toAbsent)),
    mayBlock: inTurn.some((step) => step.row.mayBlock),
    limits: limitsOf(settings, contract.phase === 'pre' ? settings.maxPayloadBytes : settings.maxResultBytes),
    responseLimits: limitsOf(settings, settings.maxResultBytes),
    budgetMs: settings.hookTimeout === undefined ? undefined : settings.hookTimeout * 1000,
    newRecorder: (request: RunRequest, payload: object) =>
      new Recorder(plan, subjectOf(contract, request, payload)),
  });
  return plan;
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

async function toStages(group: readonly Step[], parallel: boolean): Promise<Stage[]> {
  const inTurn = group.filter((step) => step.row.timing === 'in_turn');
  const concurrent = group.filter((step) => step.row.timing === 'concurrent');
  return [...(parallel ? await toBand(inTurn) : inTurn), ...(await toBand(concurrent))];
}

async function toBand(steps: readonly Step[]): Promise<readonly Stage[]> {
  if (steps.length < 2) return steps;
  const { createBand } = await import('./band-run.js');
  return [createBand(steps)];
}

async function toBackground(steps: readonly Step[]): Promise<Background | undefined> {
  if (steps.length === 0) return undefined;
  const { createBackground } = await import('./background-run.js');
  return createBackground(steps);
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
