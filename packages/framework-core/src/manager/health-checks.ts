import { describeError } from '../errors/describe-error.js';
import type { PluginRef } from './plugin-ref.js';
import { withTimeout } from './with-timeout.js';

/** Calls `healthCheck()` of the plugins that have one, every so often. Does not keep a process alive. */
export class HealthChecks {
  #timer: ReturnType<typeof setInterval> | undefined;
  #isChecking = false;
  readonly #refs: () => readonly PluginRef[];
  readonly #timeoutMs: number;

  constructor(refs: () => readonly PluginRef[], timeoutMs: number) {
    this.#refs = refs;
    this.#timeoutMs = timeoutMs;
  }

  /** Starts, or starts anew with another interval. Without a plugin to check there is no timer. */
  start(intervalMs: number): void {
    this.stop();
    if (!this.#refs().some((ref) => ref.plugin.healthCheck !== undefined)) return;
    this.#timer = setInterval(() => void this.check(), intervalMs);
    // Node's timers have unref; those of worker runtimes do not hold a process.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One round. Rounds do not overlap. */
  async check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    await Promise.all(this.#refs().map((ref) => this.#checkOne(ref)));
    this.#isChecking = false;
  }

  async #checkOne(ref: PluginRef): Promise<void> {
    const { plugin } = ref;
    if (plugin.healthCheck === undefined) return;
    try {
      await withTimeout(() => plugin.healthCheck?.(), this.#timeoutMs, 'healthCheck()');
      if (ref.isDegraded) ref.noteRecovery();
    } catch (error) {
      ref.noteFailure(`health check: ${describeError(error)}`);
    }
  }
}
