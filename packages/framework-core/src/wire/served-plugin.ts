import type { PluginSettings } from '../config/plugin-settings.js';
import type { CancelSignal } from '../context/cancellation.js';
import { createGlobalContext } from '../context/global-context.js';
import { RequestState } from '../context/request-state.js';
import { FrameworkError } from '../errors/framework-error.js';
import { describeIssues } from '../errors/describe-issues.js';
import { HookRun } from '../execution/hook-run.js';
import type { Plan } from '../execution/plan.js';
import type { RunRequest, RunServices } from '../execution/run-environment.js';
import type { ConfiguredPlugin, Step } from '../execution/step.js';
import { compilePlan } from '../execution/plan.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { Outcome } from '../results/outcome.js';
import type { HookResult } from '../results/hook-result.js';
import { parseResult } from '../results/parse-result.js';
import type { Violation } from '../results/violation.js';
import type { WireContext, WireState } from './wire-context.js';
import type { JsonObject } from './wire-error.js';

/** What one call of a served plugin came to. */
export type ServedAnswer =
  | { readonly kind: 'result'; readonly result: HookResult; readonly state: WireState }
  /** The plugin threw, took too long, or answered with something that is no result. */
  | { readonly kind: 'failure'; readonly error: unknown };

/**
 * Runs one plugin by itself, as a plugin server does: with every check of a plan, but without conditions and always as in
 * `enforce`, because only the host decides when the plugin runs and what its answer means.
 */
export class ServedPlugin {
  readonly plugin: ConfiguredPlugin;
  private readonly plans: ReadonlyMap<string, Plan>;
  private readonly services: RunServices;

  private constructor(plugin: ConfiguredPlugin, plans: ReadonlyMap<string, Plan>, services: RunServices) {
    this.plugin = plugin;
    this.plans = plans;
    this.services = services;
  }

  /** Compiles what the plugin does on each of the hooks. */
  static async compile(
    plugin: ConfiguredPlugin,
    contracts: Iterable<AnyHookContract>,
    { settings, services }: { readonly settings: PluginSettings; readonly services: RunServices },
  ): Promise<ServedPlugin> {
    const config = { ...plugin.config, mode: 'enforce', onError: 'fail', conditions: [] } as const;
    const plans = new Map<string, Plan>();
    for (const contract of contracts) {
      const plan = await compilePlan(contract, [{ ...plugin, config }], {
        settings,
        compilePattern: undefined,
      });
      if (plan.stepCount > 0) plans.set(contract.name, withWholeAnswers(plan));
    }
    return new ServedPlugin(plugin, plans, services);
  }

  /** Hooks that the plugin runs on, in the order of the contracts. */
  get hooks(): readonly string[] {
    return [...this.plans.keys()];
  }

  /**
   * Calls the plugin's handler of one hook. `payload` is handed over for good. Answers at once when the plugin does.
   * @throws FrameworkError `HOOK_NOT_IMPLEMENTED`, `WIRE_INVALID` when the payload does not fit the contract
   */
  call(
    hook: string,
    payload: JsonObject,
    context: WireContext,
    signal?: CancelSignal,
  ): MaybePromise<ServedAnswer> {
    const plan = this.plans.get(hook);
    const { name } = this.plugin.config;
    if (plan === undefined) {
      throw new FrameworkError(
        'HOOK_NOT_IMPLEMENTED',
        `plugin "${name}" does not run on "${hook}"; it runs on ${this.hooks.join(', ')}`,
        { plugin: name, hook },
      );
    }
    const parsed = plan.contract.payload.safeParse(payload);
    if (!parsed.success) {
      throw new FrameworkError('WIRE_INVALID', `payload of ${hook}: ${describeIssues(parsed.error)}`, {
        plugin: name,
        hook,
      });
    }
    const request = new ServedRequest(context, this.services, { plugin: this.plugin, signal });
    const run = new ServedRun(plan, request, payload, true);
    const answer = (outcome: Outcome): ServedAnswer => {
      if (run.failure !== undefined) return { kind: 'failure', error: run.failure.thrown };
      const result = toResult(outcome, run.refusal);
      return { kind: 'result', result, state: request.wireState(context.metadata) };
    };
    const outcome = run.start();
    return outcome instanceof Promise ? outcome.then(answer) : answer(outcome);
  }
}

/** The host's mode decides what a refusal does and whether a modification beside it counts: both go out. */
function withWholeAnswers(plan: Plan): Plan {
  const stages = plan.stages.map((stage) =>
    stage.isBand ? stage : { ...stage, row: { ...stage.row, mayBlock: false } },
  );
  return { ...plan, stages };
}

/** A run that keeps what its only handler threw, or refused. */
class ServedRun extends HookRun {
  failure: { readonly thrown: unknown } | undefined = undefined;
  refusal: Violation | undefined = undefined;

  override settle(...settling: Parameters<HookRun['settle']>): void {
    const [step, , returned] = settling;
    const before = step.ref.counts.violations;
    super.settle(...settling);
    // Counted by the framework once every check has passed.
    if (step.ref.counts.violations > before) this.refusal = parseResult(returned, step.ref.name).violation;
  }

  override fail(step: Step, thrown: unknown, withModification?: boolean): void {
    this.failure = { thrown };
    super.fail(step, thrown, withModification);
  }
}

/** A request whose state came over the wire and goes back over it. */
class ServedRequest implements RunRequest {
  readonly global: RunRequest['global'];
  readonly state = new RequestState();
  readonly services: RunServices;
  readonly signal: CancelSignal | undefined;
  readonly onDecisions = undefined;
  readonly record = false;
  activeRuns = 0;
  private readonly local: Map<string, unknown> | undefined;

  constructor(
    { global, shared, local }: WireContext,
    services: RunServices,
    { plugin, signal }: { readonly plugin: ConfiguredPlugin; readonly signal: CancelSignal | undefined },
  ) {
    this.global = createGlobalContext(global, '');
    this.services = services;
    this.signal = signal;
    const keys = Object.keys(shared);
    if (keys.length > 0) this.state.shared = new Map(keys.map((key) => [key, shared[key]]));
    this.local = plugin.ref && this.state.localOf(plugin.ref);
    for (const key of Object.keys(local)) this.local?.set(key, local[key]);
  }

  wireState(metadata: JsonObject): WireState {
    return {
      shared: toObject(this.state.shared),
      local: toObject(this.local),
      metadata,
    };
  }
}

const nothing: JsonObject = Object.freeze({});

function toObject(map: ReadonlyMap<string, unknown> | undefined): JsonObject {
  return map === undefined || map.size === 0 ? nothing : Object.fromEntries(map);
}

function toResult(outcome: Outcome, refusal: Violation | undefined): HookResult {
  const { modifiedPayload, metadata, response } = outcome;
  const violation = outcome.violation ?? refusal;
  return {
    continueProcessing: violation === undefined,
    modifiedPayload,
    violation,
    metadata,
    response: response && { result: response.result },
  };
}
