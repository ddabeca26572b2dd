import { pluginSettingsSchema } from '@mcpplugins/framework-core';
import { z } from 'zod';

/** `plugin_settings`: those of the manager, and what this package itself obeys. */
export const settingsSchema = z.strictObject({
  ...pluginSettingsSchema.shape,
  /** File to which each change of a running configuration is appended as one line of JSON. */
  configHistory: z.string().min(1).optional(),
});
