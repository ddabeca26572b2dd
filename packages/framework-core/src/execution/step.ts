import type { ErrorAction, PluginMode } from '../config/modes.js';
import type { PluginConfig } from '../config/plugin-config.js';
import type { PluginSettings } from '../config/plugin-settings.js';
import type { PluginContext } from '../context/plugin-context.js';
import type { PluginRef } from '../manager/plugin-ref.js';
import type { AnyHookHandlers } from '../plugin/hook-handlers.js';
import type { CompiledPattern } from '../manager/plugin-manager-options.js';
import type { ConditionMatcher } from './conditions.js';
import { noLimitMs } from './ticker.js';
import { errorActionOf, type ModeRow, modeTable } from './mode-table.js';

/** A plugin with the configuration that holds for it now (its own may be older: modes change at run time). */
export interface ConfiguredPlugin {
  /** Undefined when the plugin is not loaded: disabled, or failed. */
  readonly ref: PluginRef | undefined;
  readonly config: PluginConfig;
  readonly handlers: AnyHookHandlers;
}

/** One plugin's place in a plan, with everything about it decided that can be decided before a call. */
export interface Step {
  readonly isBand: false;
  readonly ref: PluginRef;
  readonly mode: PluginMode;
  readonly row: ModeRow;
  readonly errorAction: ErrorAction;
  /** `on_error: disable`: an error may have switched the plugin off. */
  readonly maySwitchOff: boolean;
  readonly handler: (payload: unknown, context: PluginContext) => unknown;
  readonly conditions: ConditionMatcher | undefined;
  /** Whole milliseconds. */
  readonly timeoutMs: number;
  readonly priority: number;
}

/**
 * Compiles one plugin's step for one hook that it implements.
 * @throws FrameworkError `PATTERN_UNSUPPORTED`
 */
export async function compileStep(
  { ref, config, handlers }: ConfiguredPlugin,
  hook: string,
  settings: PluginSettings,
  compilePattern: ((pattern: string) => CompiledPattern) | undefined,
): Promise<Step | undefined> {
  const handler = handlers[hook];
  if (ref === undefined || config.mode === 'disabled' || handler === undefined) return undefined;
  const row = modeTable[config.mode];
  const errorAction = errorActionOf(row, config.onError, settings.failOnPluginError);
  return {
    isBand: false,
    ref,
    mode: config.mode,
    row,
    errorAction,
    maySwitchOff: errorAction === 'disable',
    handler: handler as Step['handler'],
    conditions: await conditionsOf(config, compilePattern),
    timeoutMs: Math.min(Math.ceil((config.timeout ?? settings.pluginTimeout) * 1000), noLimitMs),
    priority: config.priority,
  };
}

/** Their code is loaded for configurations that have conditions. */
async function conditionsOf(
  { name: plugin, conditions }: PluginConfig,
  compilePattern: ((pattern: string) => CompiledPattern) | undefined,
): Promise<ConditionMatcher | undefined> {
  if (conditions.length === 0) return undefined;
  const { compileConditions } = await import('./conditions.js');
  return compileConditions(conditions, { plugin, compilePattern });
}
