import type { z } from 'zod';
import type { PluginConfig, PluginConfigInput } from '../config/plugin-config.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import { FrameworkError } from '../errors/framework-error.js';
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
  readonly healthWarnings?: readonly string[] | undefined;
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

/**
 * Handlers of a plugin by hook name: those of `hooks`, and the methods that `hookMethods` names.
 * @throws FrameworkError `PLUGIN_LOAD_FAILED` when one is no function: it would be a guard that never runs
 */
export function handlersOf(plugin: PluginInstance): AnyHookHandlers {
  const methods = (plugin.constructor as Partial<PluginClass>).hookMethods ?? [];
  const handlers: Record<string, AnyHookHandlers[string]> = {};
  for (const [name, handler] of Object.entries((plugin.hooks ?? {}) as Readonly<Record<string, unknown>>)) {
    if (handler !== undefined) handlers[name] = asHandler(handler, `hooks.${name}`, plugin);
  }
  for (const name of methods) {
    const method = (plugin as unknown as Readonly<Record<string, unknown>>)[name];
    handlers[name] = asHandler(method, `the method ${name} of hookMethods`, plugin).bind(plugin);
  }
  return handlers;
}

function asHandler(value: unknown, what: string, { name: plugin }: PluginInstance): AnyHookHandlers[string] {
  if (typeof value === 'function') return value as AnyHookHandlers[string];
  throw new FrameworkError('PLUGIN_LOAD_FAILED', `plugin "${plugin}": ${what} is no function`, { plugin });
}
