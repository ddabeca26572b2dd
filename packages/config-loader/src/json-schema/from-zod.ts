import { z } from 'zod';
import { toYamlKey } from '../schema/spelling.js';
import { type JsonSchema, mapSubschemas } from './json-schema.js';

/** What a text with a variable looks like. */
const variable: JsonSchema = { type: 'string', pattern: String.raw`\$\{[^}]+\}` };

/**
 * The JSON Schema of what a person may write where a zod schema checks. Every place that wants something else than any
 * text also takes a text with a variable.
 */
export function fromZod(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  return allowVariables(withoutSafeRanges(json));
}

/** The same with the keys of objects in their YAML spelling. */
export function inYamlSpelling(schema: JsonSchema): JsonSchema {
  const result = mapSubschemas(schema, inYamlSpelling);
  if (result.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(result.properties).map(([key, property]) => [toYamlKey(key), property]),
    );
  }
  if (result.required !== undefined) result.required = result.required.map(toYamlKey);
  return result;
}

function allowVariables(schema: JsonSchema): JsonSchema {
  const result = mapSubschemas(schema, allowVariables);
  if (!wantsMoreThanText(result)) return result;
  const { description, default: fallback, ...rest } = result;
  return {
    ...(description !== undefined && { description }),
    ...(fallback !== undefined && { default: fallback }),
    anyOf: [rest, variable],
  };
}

function wantsMoreThanText({
  type,
  enum: values,
  const: value,
  pattern,
  format,
  minLength = 0,
}: JsonSchema): boolean {
  if (values !== undefined || value !== undefined) return true;
  if (type === 'number' || type === 'integer' || type === 'boolean') return true;
  return type === 'string' && (pattern !== undefined || format !== undefined || minLength > 1);
}

/** `z.int()` states the range of safe integers, which helps nobody who reads a hover. */
function withoutSafeRanges(schema: JsonSchema): JsonSchema {
  const result = mapSubschemas(schema, withoutSafeRanges);
  if (result['maximum'] === Number.MAX_SAFE_INTEGER) delete result['maximum'];
  if (result['minimum'] === Number.MIN_SAFE_INTEGER) delete result['minimum'];
  return result;
}
