import type { PluginSettings } from '../config/plugin-settings.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import { compilePlan, type Plan, type PlanOptions } from '../execution/plan.js';
import type { ConfiguredPlugin } from '../execution/step.js';

/** One generation of plans: what a request sees from its first hook to its last. Immutable but for its count of users. */
export class PlanSet {
  readonly plans: ReadonlyMap<string, Plan>;
  readonly plugins: readonly ConfiguredPlugin[];
  readonly settings: PluginSettings;
  /** Requests that are open on it. */
  openRequests = 0;
  /** Its requests have had their time: the next hook uses the current set. */
  isExpired = false;
  /** Called when the last request leaves. */
  onIdle: (() => void) | undefined = undefined;

  private constructor(
    plans: ReadonlyMap<string, Plan>,
    plugins: readonly ConfiguredPlugin[],
    settings: PluginSettings,
  ) {
    this.plans = plans;
    this.plugins = plugins;
    this.settings = settings;
  }

  /** @throws FrameworkError `PATTERN_UNSUPPORTED` */
  static async compile(
    contracts: Iterable<AnyHookContract>,
    plugins: readonly ConfiguredPlugin[],
    options: PlanOptions,
  ): Promise<PlanSet> {
    const plans = new Map<string, Plan>();
    for (const contract of contracts) plans.set(contract.name, await compilePlan(contract, plugins, options));
    return new PlanSet(plans, plugins, options.settings);
  }

  enter(): void {
    this.openRequests++;
  }

  leave(): void {
    this.openRequests--;
    if (this.openRequests === 0) this.onIdle?.();
  }
}
