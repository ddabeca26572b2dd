import type { z } from 'zod';
import type { PluginConfig } from '../config/plugin-config.js';
import { describeIssues } from '../errors/describe-issues.js';
import { FrameworkError } from '../errors/framework-error.js';

/**
 * Parses `config` by the plugin's own schema.
 * @throws FrameworkError `PLUGIN_SETTINGS_INVALID`, whose cause is the `ZodError` with the paths.
 */
export function parseSettings<SettingsSchema extends z.ZodType>(
  schema: z.ZodType | undefined,
  config: PluginConfig,
): z.output<SettingsSchema> {
  if (schema === undefined) return config.config as z.output<SettingsSchema>;
  const parsed = schema.safeParse(config.config);
  if (parsed.success) return parsed.data as z.output<SettingsSchema>;
  throw new FrameworkError(
    'PLUGIN_SETTINGS_INVALID',
    `plugin "${config.name}": config: ${describeIssues(parsed.error)}`,
    { plugin: config.name, cause: parsed.error },
  );
}
