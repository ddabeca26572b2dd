/** @typedef {import('@mcpplugins/config-loader').JsonSchema} JsonSchema */

/**
 * A schema without what every place may have: a text with a variable, and null for a key that is left empty.
 *
 * @param {JsonSchema} schema
 * @returns {JsonSchema}
 */
export function asPeopleWriteIt(schema) {
  const { anyOf, type, ...rest } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.find((one) => one !== 'null') ?? 'null' };
  if (anyOf === undefined) return schema;
  const options = anyOf
    .filter((option) => !isVariable(option) && option.type !== 'null')
    .map(asPeopleWriteIt);
  const [only] = options;
  return options.length === 1 ? { ...only, ...rest } : { ...rest, anyOf: options };
}

/** @param {JsonSchema} schema */
function isVariable({ type, pattern }) {
  return type === 'string' && pattern?.startsWith(String.raw`\$\{`) === true;
}
