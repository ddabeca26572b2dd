/** Whether a plugin works: `disabled` by the configuration, by `disable()` or by `on_error: disable`. */
export type PluginStatus = 'ready' | 'degraded' | 'failed' | 'disabled';

/** Health of one plugin. Counts are since the plugin was started. */
export interface PluginHealth {
  readonly plugin: string;
  readonly status: PluginStatus;
  /** Why it is not ready. */
  readonly reason: string | undefined;
  readonly lastError: string | undefined;
  /** What weakens it although it works, such as a check that is switched off. */
  readonly warnings: readonly string[];
  readonly counts: PluginCounts;
}

/** What happened to a plugin's calls. */
export interface PluginCounts {
  readonly errors: number;
  readonly timeouts: number;
  readonly violations: number;
  /** Errors and timeouts after which processing went on: the count to alarm on for a guard. */
  readonly ignored: number;
  /** Answers that came after their deadline and were dropped. */
  readonly late: number;
  /** Background calls that were dropped because the queue was full. */
  readonly dropped: number;
}

/** Of a plugin that has not been called. */
export const noCounts: PluginCounts = Object.freeze({
  errors: 0,
  timeouts: 0,
  violations: 0,
  ignored: 0,
  late: 0,
  dropped: 0,
});

/** Of a plugin that has nothing to warn of. */
export const noWarnings: readonly string[] = Object.freeze([]);

/** Health of a plugin that is not loaded. */
export function healthOfAbsent(plugin: string, failure: string | undefined): PluginHealth {
  return Object.freeze({
    plugin,
    status: failure === undefined ? 'disabled' : 'failed',
    reason: failure === undefined ? 'mode: disabled' : 'could not be loaded or initialised',
    lastError: failure,
    warnings: noWarnings,
    counts: noCounts,
  });
}
