import { asPeopleWriteIt } from './as-people-write-it.mjs';

/** @typedef {import('@mcpplugins/config-loader').JsonSchema} JsonSchema */

/**
 * A JSON Schema in words that fit into a cell of a table.
 *
 * @param {JsonSchema} written
 * @returns {string}
 */
export function typeOf(written) {
  const schema = asPeopleWriteIt(written);
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return [...new Set(options.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.filter(isFirstSpelling).map(code).join(', ');
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return `${schema.type === 'integer' ? 'whole number' : 'number'}${rangeOf(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array':
      return `list of ${elementOf(schema)}`;
    case 'object':
      return objectOf(schema);
    case undefined:
    default:
      return 'any value';
  }
}

/** @param {JsonSchema} schema */
function elementOf({ items }) {
  const first = Array.isArray(items) ? items[0] : items;
  const element = first === undefined ? 'any value' : typeOf(first);
  return { text: 'texts', 'any value': 'any values' }[element] ?? element;
}

/** @param {JsonSchema} schema */
function objectOf({ properties, required = [], additionalProperties }) {
  if (properties === undefined) {
    const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'any value';
    return `map of names to ${values === 'any value' ? 'any values' : values === 'text' ? 'texts' : values}`;
  }
  const fields = Object.keys(properties).map((key) => `\`${key}${required.includes(key) ? '' : '?'}\``);
  return `object of ${fields.join(', ')}`;
}

/** @param {JsonSchema} schema */
function rangeOf({ minimum, maximum, exclusiveMinimum }) {
  const from =
    typeof minimum === 'number'
      ? ` from ${minimum}`
      : typeof exclusiveMinimum === 'number'
        ? ` above ${exclusiveMinimum}`
        : '';
  return typeof maximum === 'number' ? `${from} to ${maximum}` : from;
}

/** @param {unknown} value */
function code(value) {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/**
 * Whether no earlier value differs in letter case alone: files may spell some names either way.
 *
 * @param {unknown} value
 * @param {number} index
 * @param {readonly unknown[]} all
 */
function isFirstSpelling(value, index, all) {
  const lower = String(value).toLowerCase();
  return all.findIndex((other) => String(other).toLowerCase() === lower) === index;
}
