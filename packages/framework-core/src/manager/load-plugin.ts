import type { PluginConfig } from '../config/plugin-config.js';
import type { Logger } from '../context/logger.js';
import { describeError } from '../errors/describe-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import { didYouMean } from '../errors/nearest.js';
import { modeTable } from '../execution/mode-table.js';
import type { ConfiguredPlugin } from '../execution/step.js';
import { handlersOf, type PluginClass, type PluginInstance } from '../plugin/plugin-class.js';
import type { HostFacts } from './check-config.js';
import { PluginRef } from './plugin-ref.js';
import type { ResolvedRegistration } from './resolved-registration.js';
import { withTimeout } from './with-timeout.js';

/** What loading a plugin needs to know. */
export interface LoadOptions {
  readonly host: HostFacts;
  readonly logger: Logger;
  readonly initializeTimeoutMs: number;
}

/** A registration whose code is there, or is known not to be. `disabled` ones have neither. */
export interface LoadedRegistration extends ResolvedRegistration {
  readonly loaded: PluginClass | undefined;
  readonly failure: FrameworkError | undefined;
}

/** Gets the code of one plugin. `mode: disabled` is not loaded. Never rejects: a failure is part of the answer. */
export async function loadClass(registration: ResolvedRegistration): Promise<LoadedRegistration> {
  if (registration.config.mode === 'disabled')
    return { ...registration, loaded: undefined, failure: undefined };
  try {
    return { ...registration, loaded: await registration.load(), failure: undefined };
  } catch (error) {
    return { ...registration, loaded: undefined, failure: loadFailure(registration.config.name, error) };
  }
}

/**
 * Constructs, checks and initialises one plugin.
 * @throws FrameworkError `PLUGIN_LOAD_FAILED`, `PLUGIN_INITIALIZE_FAILED`, `PLUGIN_SETTINGS_INVALID`, `HOOK_NOT_IMPLEMENTED`, `HOOK_NOT_FIRED`, `HOOK_UNKNOWN`
 */
export async function startPlugin(
  { config, loaded, failure }: LoadedRegistration,
  { host, logger, initializeTimeoutMs }: LoadOptions,
): Promise<ConfiguredPlugin> {
  if (failure !== undefined) throw failure;
  if (loaded === undefined) return { ref: undefined, config, handlers: {} };
  const plugin = construct(loaded, config);
  const handlers = handlersOf(plugin);
  checkHandlers(config, Object.keys(handlers), host);
  try {
    await withTimeout(() => plugin.initialize(), initializeTimeoutMs, 'initialize()');
  } catch (error) {
    throw new FrameworkError(
      'PLUGIN_INITIALIZE_FAILED',
      `plugin "${config.name}" cannot start: ${describeError(error)}`,
      { plugin: config.name, cause: error },
    );
  }
  return { ref: new PluginRef(plugin, config.version ?? loaded.version, logger), config, handlers };
}

function construct(loaded: PluginClass, config: PluginConfig): PluginInstance {
  try {
    return new loaded(config);
  } catch (error) {
    throw FrameworkError.is(error, 'PLUGIN_SETTINGS_INVALID') ? error : loadFailure(config.name, error);
  }
}

function loadFailure(plugin: string, error: unknown): FrameworkError {
  return new FrameworkError(
    'PLUGIN_LOAD_FAILED',
    `plugin "${plugin}" cannot be loaded: ${describeError(error)}`,
    {
      plugin,
      cause: error,
    },
  );
}

/** Whether a host may start without a plugin that cannot be loaded or initialised. */
export function mayStartWithout({ mode, onError }: PluginConfig, failOnPluginError: boolean): boolean {
  if (mode === 'disabled' || mode === 'fire_and_forget') return true;
  if (onError !== undefined) return onError !== 'fail';
  return !modeTable[mode].mayBlock && !failOnPluginError;
}

function checkHandlers(
  config: PluginConfig,
  implemented: readonly string[],
  { contracts, fires }: HostFacts,
): void {
  const { name: plugin, hooks } = config;
  for (const hook of hooks ?? []) {
    if (implemented.includes(hook)) continue;
    throw new FrameworkError(
      'HOOK_NOT_IMPLEMENTED',
      `plugin "${plugin}" does not implement "${hook}"; it implements ${implemented.join(', ') || 'no hook at all'}`,
      { plugin, hook },
    );
  }
  for (const hook of implemented) {
    if (contracts.has(hook)) continue;
    throw new FrameworkError(
      'HOOK_UNKNOWN',
      `plugin "${plugin}" implements "${hook}", which is no hook of this host${didYouMean(hook, contracts.keys())}`,
      { plugin, hook },
    );
  }
  if (hooks === undefined && !implemented.some((hook) => fires?.has(hook) ?? true)) {
    const code = implemented.length === 0 ? 'HOOK_NOT_IMPLEMENTED' : 'HOOK_NOT_FIRED';
    throw new FrameworkError(code, `plugin "${plugin}" implements no hook that this host fires`, { plugin });
  }
}
