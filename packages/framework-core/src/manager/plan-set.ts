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

  /** @throws FrameworkError `PATTERN_UNSUPPORTED` */
  constructor(
    contracts: Iterable<AnyHookContract>,
    plugins: readonly ConfiguredPlugin[],
    options: PlanOptions,
  ) {
    this.plugins = plugins;
    this.settings = options.settings;
    this.plans = new Map(
      Array.from(contracts, (contract) => [contract.name, compilePlan(contract, plugins, options)]),
    );
  }

  enter(): void {
    this.openRequests++;
  }

  leave(): void {
    this.openRequests--;
    if (this.openRequests === 0) this.onIdle?.();
  }
}
