import type { PlanSet } from './plan-set.js';
import type { PluginRef } from './plugin-ref.js';
import { shutdownAll } from './shutdown-all.js';

/** The plan sets of a manager: the current one, and old ones on which requests are still open. */
export class Generations {
  current: PlanSet | undefined = undefined;
  readonly #draining = new Map<PlanSet, { readonly hurry: () => void; readonly done: Promise<void> }>();
  readonly #shutdownTimeoutMs: number;

  constructor(shutdownTimeoutMs: number) {
    this.#shutdownTimeoutMs = shutdownTimeoutMs;
  }

  /** Makes a set the current one. Resolves when the old one has no requests and the plugins that it alone had are gone. */
  swap(next: PlanSet): Promise<void> {
    const old = this.current;
    this.current = next;
    return old === undefined ? Promise.resolve() : this.#drain(old);
  }

  /** Ends all draining now. */
  async drainAll(): Promise<void> {
    const draining = [...this.#draining.values()];
    for (const { hurry } of draining) hurry();
    await Promise.all(draining.map(({ done }) => done));
  }

  #drain(old: PlanSet): Promise<void> {
    let hurry: () => void = () => undefined;
    const idle = new Promise<void>((resolve) => {
      hurry = resolve;
    });
    const timer = setTimeout(hurry, old.settings.drainTimeout * 1000);
    old.onIdle = hurry;
    if (old.openRequests === 0) hurry();
    const done = idle.then(async () => {
      clearTimeout(timer);
      old.onIdle = undefined;
      old.isExpired = true;
      this.#draining.delete(old);
      await shutdownAll(this.#abandoned(old), this.#shutdownTimeoutMs);
    });
    this.#draining.set(old, { hurry, done });
    return done;
  }

  /** Plugins of an old set that no set uses any longer. */
  #abandoned(old: PlanSet): PluginRef[] {
    const used = new Set(
      [this.current, ...this.#draining.keys()].flatMap((set) => (set?.plugins ?? []).map(({ ref }) => ref)),
    );
    return old.plugins.flatMap(({ ref }) => (ref === undefined || used.has(ref) ? [] : [ref]));
  }
}
