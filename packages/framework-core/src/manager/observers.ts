import type { Logger } from '../context/logger.js';
import { describeError } from '../errors/describe-error.js';
import { isThenable } from '../maybe-promise.js';
import type { DecisionRecord } from '../results/decision-record.js';
import type { ConfigurationChange, Observer } from './observer.js';
import type { PluginHealth } from './plugin-health.js';

/** All observers of a manager as one, which cannot throw. */
export class Observers {
  /** Whether anybody wants records. If not, none are built. */
  readonly wantRecords: boolean;
  readonly #observers: readonly Observer[];
  readonly #logger: Logger;

  constructor(observers: readonly Observer[], logger: Logger) {
    this.#observers = observers;
    this.#logger = logger;
    this.wantRecords = observers.some(
      (observer) => observer.onDecisions !== undefined || observer.onError !== undefined,
    );
  }

  decisions(records: readonly DecisionRecord[], requestId: string): void {
    this.#tell((observer) => observer.onDecisions?.(records, requestId));
    for (const record of records) {
      if (record.status !== 'error' && record.status !== 'timeout') continue;
      this.#tell((observer) => observer.onError?.(record, requestId));
    }
  }

  configurationChange(change: ConfigurationChange): void {
    this.#tell((observer) => observer.onConfigurationChange?.(change));
  }

  healthChange(health: PluginHealth): void {
    this.#tell((observer) => observer.onHealthChange?.(health));
  }

  #tell(call: (observer: Observer) => unknown): void {
    for (const observer of this.#observers) {
      try {
        const told = call(observer);
        if (isThenable(told)) void Promise.resolve(told).catch((error: unknown) => this.#logFailure(error));
      } catch (error) {
        this.#logFailure(error);
      }
    }
  }

  #logFailure(error: unknown): void {
    this.#logger.error(`an observer failed: ${describeError(error)}`);
  }
}
