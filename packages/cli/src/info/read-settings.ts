import type { PluginClass } from '@mcpplugins/framework-core';

/** One setting of a plugin, as a person reads it. */
export interface SettingInfo {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** As JSON; undefined for none. */
  readonly default: string | undefined;
  readonly description: string | undefined;
}

/** The parts of a JSON Schema that are shown. */
interface PropertySchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly PropertySchema[];
  readonly items?: PropertySchema;
  readonly default?: unknown;
  readonly description?: string;
}

/** The settings of a plugin's schema; none when it has no JSON Schema, as one that transforms freely. */
export function readSettings(schema: NonNullable<PluginClass['settingsSchema']>): readonly SettingInfo[] {
  const { properties = {}, required = [] } = toJsonSchema(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeOf(property),
    isRequired: required.includes(name),
    default: property.default === undefined ? undefined : JSON.stringify(property.default),
    description: property.description,
  }));
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
}

function toJsonSchema(schema: NonNullable<PluginClass['settingsSchema']>): ObjectSchema {
  try {
    return schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as ObjectSchema;
  } catch {
    // A schema from another version of zod, or with types that JSON does not have.
    return {};
  }
}

function typeOf({ type, enum: values, const: value, anyOf, items }: PropertySchema): string {
  if (values !== undefined) return values.map((item) => JSON.stringify(item)).join(' | ');
  if (value !== undefined) return JSON.stringify(value);
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeOf))].join(' | ');
  if (type === 'array') return `list of ${items === undefined ? 'anything' : typeOf(items)}`;
  return typeof type === 'string' ? type : (type?.join(' | ') ?? 'anything');
}
