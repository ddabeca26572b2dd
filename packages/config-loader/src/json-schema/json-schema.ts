/** A JSON Schema (draft 7), as far as this package looks into it. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  title?: string;
  description?: string;
  deprecated?: boolean;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxProperties?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema | JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  if?: JsonSchema;
  then?: JsonSchema;
  [keyword: string]: unknown;
}

/** A schema with every schema directly below it replaced. */
export function mapSubschemas(schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const result: JsonSchema = { ...schema };
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => [key, change(property)]),
    );
  }
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = change(schema.additionalProperties);
  }
  if (schema.items !== undefined) {
    result.items = Array.isArray(schema.items) ? schema.items.map(change) : change(schema.items);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const list = schema[key];
    if (list !== undefined) result[key] = list.map(change);
  }
  return result;
}
