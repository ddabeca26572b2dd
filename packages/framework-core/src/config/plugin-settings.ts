import { z } from 'zod';
import { FrameworkError } from '../errors/framework-error.js';
import { describeIssues } from '../errors/describe-issues.js';
import { timeoutSecondsSchema } from './plugin-config.js';

const bytes = z.int().positive();

/** Settings of all plugins together, in TypeScript spelling; the same keys in snake_case are `plugin_settings`. */
export const pluginSettingsSchema = z.strictObject({
  /** Run plugins of one priority at the same time. Default false. */
  parallelExecutionWithinBand: z.boolean().optional(),
  /** Seconds that one handler may take. Default 30. */
  pluginTimeout: timeoutSecondsSchema.optional(),
  /** Seconds that all plugins of one hook call may take together. Default: no such limit. */
  hookTimeout: timeoutSecondsSchema.optional(),
  /** An error blocks, whatever the mode (a plugin's own `on_error` wins). Default false. */
  failOnPluginError: z.boolean().optional(),
  /** Seconds between calls of `healthCheck()`. Default 60. */
  pluginHealthCheckInterval: z.number().positive().max(2_147_483).optional(),
  /** Bytes of UTF-8 JSON that a payload before an operation may have. Default 1 000 000. */
  maxPayloadBytes: bytes.optional(),
  /** Bytes of UTF-8 JSON that a payload after an operation may have. Default 16 777 216. */
  maxResultBytes: bytes.optional(),
  /** Levels of nesting that a payload may have. Default 200. */
  maxDepth: z.int().positive().optional(),
  /** Values that a payload may have. Default 200 000. */
  maxNodes: z.int().positive().optional(),
  /** Seconds that requests of an old configuration may take before they are moved to the new one. Default 30. */
  drainTimeout: timeoutSecondsSchema.optional(),
  /** Seconds between sweeps of requests that are kept by id. Default 300. */
  contextCleanupInterval: timeoutSecondsSchema.optional(),
  /** Seconds after which a request that is kept by id is dropped. Default 3600. */
  contextMaxAge: timeoutSecondsSchema.optional(),
});

/** `plugin_settings` as a person or file writes them. */
export type PluginSettingsInput = z.input<typeof pluginSettingsSchema>;

/** `plugin_settings` with every default filled in. Frozen. */
export type PluginSettings = {
  readonly [Setting in Exclude<keyof PluginSettingsInput, 'hookTimeout'>]-?: NonNullable<
    PluginSettingsInput[Setting]
  >;
} & { readonly hookTimeout: number | undefined };

/**
 * Checks settings and fills in the defaults of the specification and the design.
 * @throws FrameworkError `CONFIG_INVALID` that names every wrong field.
 */
export function resolvePluginSettings(input: PluginSettingsInput = {}): PluginSettings {
  const parsed = pluginSettingsSchema.safeParse(input);
  if (!parsed.success) {
    throw new FrameworkError('CONFIG_INVALID', `plugin settings: ${describeIssues(parsed.error)}`);
  }
  const { data } = parsed;
  return Object.freeze({
    parallelExecutionWithinBand: data.parallelExecutionWithinBand ?? false,
    pluginTimeout: data.pluginTimeout ?? 30,
    hookTimeout: data.hookTimeout,
    failOnPluginError: data.failOnPluginError ?? false,
    pluginHealthCheckInterval: data.pluginHealthCheckInterval ?? 60,
    maxPayloadBytes: data.maxPayloadBytes ?? 1_000_000,
    maxResultBytes: data.maxResultBytes ?? 16_777_216,
    maxDepth: data.maxDepth ?? 200,
    maxNodes: data.maxNodes ?? 200_000,
    drainTimeout: data.drainTimeout ?? 30,
    contextCleanupInterval: data.contextCleanupInterval ?? 300,
    contextMaxAge: data.contextMaxAge ?? 3600,
  });
}
