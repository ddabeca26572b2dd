import type { z } from 'zod';
import type { PluginConfigInput } from '../config/plugin-config.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { HookHandlers } from './hook-handlers.js';
import { Plugin, type UntypedSettings } from './plugin.js';

/** What `definePlugin` takes. */
export interface PluginDefinition<SettingsSchema extends z.ZodType, Handlers extends object> {
  /** kebab-case, for messages; the configuration names each instance. */
  readonly name: string;
  readonly version?: string;
  readonly settings?: SettingsSchema;
  readonly contracts?: readonly AnyHookContract[];
  /** Called once an instance: its closure is the plugin's state. */
  hooks(instance: Plugin<SettingsSchema>): Handlers & HookHandlers;
  initialize?(instance: Plugin<SettingsSchema>): MaybePromise<void>;
  shutdown?(instance: Plugin<SettingsSchema>): MaybePromise<void>;
  healthCheck?(instance: Plugin<SettingsSchema>): MaybePromise<void>;
}

/** A class made by `definePlugin`: like a hand-written subclass of `Plugin`. */
export interface DefinedPluginClass<SettingsSchema extends z.ZodType, Handlers extends object> {
  new (config: PluginConfigInput): Plugin<SettingsSchema> & { readonly hooks: Handlers };
  readonly pluginName: string;
  readonly version: string | undefined;
  readonly settingsSchema: SettingsSchema | undefined;
  readonly contracts: readonly AnyHookContract[] | undefined;
}

/**
 * Makes a plugin class from an object, for those who like functions better than classes.
 *
 * @example
 * export default definePlugin({
 *   name: 'quiet',
 *   hooks: () => ({ tool_pre_invoke: (payload) => modify({ ...payload, args: {} }) }),
 * });
 */
export function definePlugin<
  const Handlers extends HookHandlers,
  SettingsSchema extends z.ZodType = UntypedSettings,
>(definition: PluginDefinition<SettingsSchema, Handlers>): DefinedPluginClass<SettingsSchema, Handlers> {
  class DefinedPlugin extends Plugin<SettingsSchema> {
    static readonly pluginName = definition.name;
    static override readonly version = definition.version;
    static override readonly settingsSchema = definition.settings;
    static override readonly contracts = definition.contracts;
    override readonly hooks = definition.hooks(this);

    override initialize(): MaybePromise<void> {
      return definition.initialize?.(this);
    }

    override shutdown(): MaybePromise<void> {
      return definition.shutdown?.(this);
    }
  }
  if (definition.healthCheck !== undefined) {
    // Only then: a check that checks nothing would call every failing plugin well again.
    DefinedPlugin.prototype.healthCheck = function healthCheck(this: DefinedPlugin) {
      return definition.healthCheck?.(this);
    };
  }
  return DefinedPlugin;
}
