import type { z } from 'zod';
import type { PluginConfig, PluginConfigInput } from '../config/plugin-config.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { AnyHookHandlers } from './hook-handlers.js';

/** What the framework needs of a plugin object. `Plugin` has it; so has a plugin made from another copy of it. */
export interface PluginInstance {
  readonly name: string;
  readonly config: PluginConfig;
  readonly hooks: object;
  initialize(): MaybePromise<void>;
  shutdown(): MaybePromise<void>;
  healthCheck?(): MaybePromise<void>;
}

/** What a plugin package exports as its default: something that makes a plugin from its configuration. */
export interface PluginClass {
  new (config: PluginConfigInput): PluginInstance;
  readonly settingsSchema?: z.ZodType | undefined;
  readonly contracts?: readonly AnyHookContract[] | undefined;
  readonly hookMethods?: readonly string[] | undefined;
  readonly version?: string | undefined;
}

/** A plugin for a manager to start: its configuration and where its code comes from. */
export interface PluginRegistration {
  readonly config: PluginConfigInput;
  /** Imports the code, or makes the class. Not called for `mode: disabled`. */
  load(): MaybePromise<PluginClass>;
}

/** Handlers of a plugin by hook name: those of `hooks`, and the methods that `hookMethods` names. */
export function handlersOf(plugin: PluginInstance): AnyHookHandlers {
  const methods = (plugin.constructor as Partial<PluginClass>).hookMethods ?? [];
  const handlers: Record<string, AnyHookHandlers[string]> = { ...(plugin.hooks as AnyHookHandlers) };
  for (const name of methods) {
    const method: unknown = (plugin as unknown as Record<string, unknown>)[name];
    if (typeof method === 'function') handlers[name] = method.bind(plugin) as AnyHookHandlers[string];
  }
  return handlers;
}
