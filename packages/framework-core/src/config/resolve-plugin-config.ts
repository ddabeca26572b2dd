import { FrameworkError } from '../errors/framework-error.js';
import { describeIssues } from '../errors/describe-issues.js';
import { type PluginConfig, type PluginConfigInput, pluginConfigSchema } from './plugin-config.js';

/** Priority of a plugin that states none. */
export const defaultPriority = 100;

/**
 * Checks a plugin configuration and fills in the defaults.
 * @throws FrameworkError `CONFIG_INVALID` that names every wrong field.
 */
export function resolvePluginConfig(input: PluginConfigInput): PluginConfig {
  const parsed = pluginConfigSchema.safeParse(input);
  if (!parsed.success) {
    const name = typeof input?.name === 'string' ? `"${input.name}"` : 'without a name';
    throw new FrameworkError('CONFIG_INVALID', `plugin ${name}: ${describeIssues(parsed.error)}`);
  }
  const { data } = parsed;
  return Object.freeze({
    name: data.name,
    kind: data.kind,
    description: data.description ?? undefined,
    author: data.author ?? undefined,
    version: data.version ?? undefined,
    hooks: data.hooks ?? undefined,
    tags: data.tags ?? [],
    mode: data.mode ?? 'enforce',
    onError: data.onError,
    allowDisable: data.allowDisable ?? false,
    priority: data.priority ?? defaultPriority,
    conditions: data.conditions ?? [],
    timeout: data.timeout,
    config: data.config ?? {},
    mcp: data.mcp ?? undefined,
    locked: data.locked ?? false,
  });
}
