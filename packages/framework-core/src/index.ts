// Contracts
export { defineHook, verbatim } from './contracts/define-hook.js';
export type {
  AnyHookContract,
  ContractPayload,
  HookContract,
  HookPhase,
  HookTarget,
  PayloadSchema,
} from './contracts/hook-contract.js';
export type { HookContracts, HookName, HookReference, PayloadOf } from './contracts/hook-contracts.js';
export type { HookError } from './contracts/mcp-common.js';

// Results
export { block, modify, proceed, respond } from './results/hook-result.js';
export type { HookResult, ResultMetadata } from './results/hook-result.js';
export type { Outcome } from './results/outcome.js';
export type { OutcomeViolation, Violation } from './results/violation.js';
export type { DecisionRecord, SkipReason, StepStatus, Verdict } from './results/decision-record.js';

// Plugins
export { Plugin } from './plugin/plugin.js';
export type { UntypedSettings } from './plugin/plugin.js';
export { definePlugin } from './plugin/define-plugin.js';
export type { DefinedPluginClass, PluginDefinition } from './plugin/define-plugin.js';
export { on } from './plugin/hook-handlers.js';
export type { CustomHandlers, HandlerOf, HookHandler, HookHandlers, OnHook } from './plugin/hook-handlers.js';
export type { PluginClass, PluginInstance, PluginRegistration } from './plugin/plugin-class.js';

// Configuration
export { pluginConditionSchema, pluginConfigSchema } from './config/plugin-config.js';
export type { PluginCondition, PluginConfig, PluginConfigInput } from './config/plugin-config.js';
export { pluginSettingsSchema, resolvePluginSettings } from './config/plugin-settings.js';
export type { PluginSettings, PluginSettingsInput } from './config/plugin-settings.js';
export { defaultPriority, resolvePluginConfig } from './config/resolve-plugin-config.js';
export { errorActions, pluginModes } from './config/modes.js';
export type { ErrorAction, PluginMode } from './config/modes.js';

// Contexts
export { ContextStore } from './context/context-store.js';
export type { Clock, ContextStoreOptions } from './context/context-store.js';
export { createPluginContext } from './context/create-plugin-context.js';
export { silentLogger } from './context/logger.js';
export type { Logger } from './context/logger.js';
export type {
  GlobalContext,
  GlobalContextInput,
  IdentityField,
  UserContext,
} from './context/global-context.js';
export type { PluginContext } from './context/plugin-context.js';
export type { HostRequest, InvokeOptions } from './context/host-request.js';

// Manager
export { PluginManager } from './manager/plugin-manager.js';
export type { CompiledPattern, PluginManagerOptions } from './manager/plugin-manager-options.js';
export type { ManagerConfig, ReloadOptions, ReloadResult } from './manager/plugin-manager.js';
export type { OpenRequestOptions } from './manager/managed-request.js';
export type { ConfigurationChange, Observer } from './manager/observer.js';
export type { PluginCounts, PluginHealth, PluginStatus } from './manager/plugin-health.js';
export { PluginInstanceRegistry } from './manager/plugin-instance-registry.js';
export { PluginRef } from './manager/plugin-ref.js';

// Errors
export type { CoreErrorCode } from './errors/error-codes.js';
export { FrameworkError } from './errors/framework-error.js';
export { describeError } from './errors/describe-error.js';
export { didYouMean, nearestName } from './errors/nearest.js';

// Shared types
export type { DeepReadonly } from './deep-readonly.js';
export type { MaybePromise } from './maybe-promise.js';
