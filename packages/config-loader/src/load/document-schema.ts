import { pluginConfigSchema } from '@mcpplugins/framework-core';
import { z } from 'zod';
import { knownSections } from '../schema/key-rules.js';
import { settingsSchema } from '../schema/settings-schema.js';

/** What every configuration may have, whichever host reads it. */
const commonFields = {
  /** What editors read in JSON files. */
  $schema: z.string().optional(),
  plugins: z.array(pluginConfigSchema).nullish(),
  pluginDirs: z.array(z.string().min(1)).nullish(),
  pluginSettings: settingsSchema.nullish(),
};

/** The schema of a whole file: the common part, and the sections of this host. */
export function documentSchema(sections: Readonly<Record<string, z.ZodType>>) {
  const untouched = Object.fromEntries(knownSections.map((name) => [toField(name), z.unknown().optional()]));
  const obeyed = Object.fromEntries(
    Object.entries(sections).map(([name, schema]) => [toField(name), schema.optional()]),
  );
  return z.strictObject({ ...commonFields, ...untouched, ...obeyed });
}

/** `server_settings` as the schema spells it. */
export function toField(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The common part of a document that passed its schema. */
export type DocumentInput = {
  readonly [Field in keyof typeof commonFields]?: z.input<(typeof commonFields)[Field]>;
};
