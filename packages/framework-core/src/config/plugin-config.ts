import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.js';
import { type ErrorAction, errorActions, type PluginMode, pluginModes } from './modes.js';

const text = z.string().min(1);
const names = z.array(z.string());

/**
 * When a plugin runs. Fields are joined by AND, entries of the list by OR; an empty list does not constrain.
 * `tools`, `prompts`, `resources`, `agents` take `*` as any run of characters; `userPatterns` are anchored regular
 * expressions; `contentTypes` are media types without parameters.
 */
export const pluginConditionSchema = z.strictObject({
  serverIds: names.optional(),
  tenantIds: names.optional(),
  tools: names.optional(),
  prompts: names.optional(),
  resources: names.optional(),
  agents: names.optional(),
  userPatterns: names.optional(),
  contentTypes: names.optional(),
});

/** One entry of `conditions`. */
export type PluginCondition = DeepReadonly<z.output<typeof pluginConditionSchema>>;

/** Longest timeout that a timer can hold (2^31 - 1 ms), in seconds. */
const maxTimeoutSeconds = 2_147_483;

/** A number of seconds, as the specification counts timeouts. */
export const timeoutSecondsSchema = z.number().positive().max(maxTimeoutSeconds);

/**
 * One plugin of a configuration, in TypeScript spelling; the same keys in snake_case are its YAML.
 * Check only: defaults are filled in by `resolvePluginConfig`.
 */
export const pluginConfigSchema = z.strictObject({
  name: text,
  kind: text,
  description: z.string().nullish(),
  author: z.string().nullish(),
  version: z.string().nullish(),
  hooks: z.array(text).min(1).nullish(),
  tags: names.nullish(),
  mode: z.enum(pluginModes).optional(),
  onError: z.enum(errorActions).optional(),
  allowDisable: z.boolean().optional(),
  priority: z.int().nullish(),
  conditions: z.array(pluginConditionSchema).nullish(),
  /** Seconds; overrides `pluginTimeout`. */
  timeout: timeoutSecondsSchema.optional(),
  config: z.record(z.string(), z.unknown()).nullish(),
  mcp: z.record(z.string(), z.unknown()).nullish(),
  locked: z.boolean().optional(),
});

/** A plugin's configuration as a person or file writes it. */
export type PluginConfigInput = DeepReadonly<z.input<typeof pluginConfigSchema>>;

/** A plugin's configuration with every default filled in. Frozen. */
export interface PluginConfig {
  readonly name: string;
  /** npm package, relative file (each with an optional `#Export`) or `external`. */
  readonly kind: string;
  readonly description: string | undefined;
  readonly author: string | undefined;
  readonly version: string | undefined;
  /** Undefined: every hook that the plugin implements. */
  readonly hooks: readonly string[] | undefined;
  readonly tags: readonly string[];
  readonly mode: PluginMode;
  /** Undefined: the mode and `fail_on_plugin_error` decide. */
  readonly onError: ErrorAction | undefined;
  readonly allowDisable: boolean;
  /** Lower runs earlier. Default 100. */
  readonly priority: number;
  readonly conditions: readonly PluginCondition[];
  /** Seconds. Undefined: `plugin_timeout` of the settings. */
  readonly timeout: number | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly mcp: Readonly<Record<string, unknown>> | undefined;
  readonly locked: boolean;
}
