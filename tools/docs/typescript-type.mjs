/** @typedef {import('@mcpplugins/config-loader').JsonSchema} JsonSchema */

/**
 * The TypeScript type of what a JSON Schema accepts.
 *
 * @param {JsonSchema} schema
 * @returns {string}
 */
export function typescriptTypeOf(schema) {
  const { anyOf, type, items, properties, required = [], additionalProperties } = schema;
  if (anyOf !== undefined) return [...new Set(anyOf.map(typescriptTypeOf))].join(' | ');
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(type)) return type.map((one) => typescriptTypeOf({ ...schema, type: one })).join(' | ');
  if (type === 'integer') return 'number';
  if (type === 'array') return `${arrayElement(Array.isArray(items) ? items[0] : items)}[]`;
  if (type !== 'object') return typeof type === 'string' ? type : 'unknown';
  if (properties === undefined)
    return `Record<string, ${typeof additionalProperties === 'object' ? typescriptTypeOf(additionalProperties) : 'unknown'}>`;
  const fields = Object.entries(properties).map(
    ([key, field]) => `${key}${required.includes(key) ? '' : '?'}: ${typescriptTypeOf(field)}`,
  );
  return `{ ${fields.join('; ')} }`;
}

/** @param {JsonSchema | undefined} schema */
function arrayElement(schema) {
  const element = schema === undefined ? 'unknown' : typescriptTypeOf(schema);
  return element.includes(' | ') && !element.startsWith('{') ? `(${element})` : element;
}
