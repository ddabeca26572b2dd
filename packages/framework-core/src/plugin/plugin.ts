import type { z } from 'zod';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { PluginCondition, PluginConfig, PluginConfigInput } from '../config/plugin-config.js';
import type { PluginMode } from '../config/modes.js';
import { resolvePluginConfig } from '../config/resolve-plugin-config.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { HookHandlers } from './hook-handlers.js';
import { parseSettings } from './parse-settings.js';

/** Settings of a plugin that states no schema: whatever its `config` has. */
export type UntypedSettings = z.ZodType<Readonly<Record<string, unknown>>>;

/**
 * Base of every native plugin. A subclass states `settingsSchema` and `hooks`; the constructor parses the settings.
 *
 * @example
 * class Shout extends Plugin<typeof settings> {
 *   static override readonly settingsSchema = settings;
 *   override readonly hooks = { tool_pre_invoke: (payload) => { … } } satisfies HookHandlers;
 * }
 */
export abstract class Plugin<SettingsSchema extends z.ZodType = UntypedSettings> {
  /** Schema of `config`. Its defaults and transforms apply: the output is `this.settings`. */
  static readonly settingsSchema?: z.ZodType | undefined;
  /** Contracts of custom hooks that this plugin brings along. */
  static readonly contracts?: readonly AnyHookContract[] | undefined;
  /** Names of methods that are hook handlers, for code moved from the specification's style. */
  static readonly hookMethods?: readonly string[] | undefined;
  /** Version of the plugin's code, shown where the configuration states none. */
  static readonly version?: string | undefined;

  readonly config: PluginConfig;
  readonly settings: z.output<SettingsSchema>;
  /** Handlers by hook name. */
  readonly hooks: HookHandlers = {};

  /** @throws FrameworkError `CONFIG_INVALID`, `PLUGIN_SETTINGS_INVALID` */
  constructor(config: PluginConfigInput) {
    this.config = resolvePluginConfig(config);
    this.settings = parseSettings<SettingsSchema>(new.target.settingsSchema, this.config);
  }

  get name(): string {
    return this.config.name;
  }

  get priority(): number {
    return this.config.priority;
  }

  get mode(): PluginMode {
    return this.config.mode;
  }

  get conditions(): readonly PluginCondition[] {
    return this.config.conditions;
  }

  /** Acquires what the plugin needs. Runs once, before any handler. */
  initialize(): MaybePromise<void> {}

  /** Releases it. Runs once, after the last handler; bounded in time. */
  shutdown(): MaybePromise<void> {}

  /** Optional: throws or rejects when the plugin cannot do its work. Called every `plugin_health_check_interval`. */
  healthCheck?(): MaybePromise<void>;

  /** Optional: what weakens the plugin although it works, for `health()`. */
  readonly healthWarnings?: readonly string[] | undefined;
}
