/**
 * @typedef {import('@mcpplugins/config-loader').JsonSchema} JsonSchema
 * @typedef {import('./render-settings.mjs').SettingsSection} SettingsSection
 */

/**
 * The sections of the page, out of the JSON Schema of a configuration file.
 *
 * @param {JsonSchema} file
 * @param {readonly string[]} kinds plugins whose settings are in the schema
 * @returns {SettingsSection[]}
 */
export function settingsSections(file, kinds) {
  const entry = objectIn(file, 'plugins');
  const { kind, hooks } = entry.properties ?? {};
  return [
    {
      title: 'The file',
      text: 'Sections that a program does not obey are left alone by it.',
      schema: file,
      isShallow: true,
    },
    {
      title: 'plugins',
      text: 'Keys of one plugin.',
      schema: {
        ...entry,
        properties: {
          ...entry.properties,
          // Both are lists of everything that is known: too long for a table.
          kind: { ...described(kind), type: 'string' },
          hooks: { ...described(hooks), type: 'array', items: { type: 'string' } },
        },
      },
      isShallow: true,
    },
    {
      title: 'conditions',
      text: 'Keys of one entry of `conditions`.',
      schema: objectIn(entry, 'conditions'),
    },
    {
      title: 'mcp',
      text: 'How a plugin with `kind: external` is reached.',
      schema: objectIn(ruleOf(entry, 'external'), 'mcp'),
    },
    {
      title: 'plugin_settings',
      text: 'Settings of all plugins together.',
      schema: objectIn(file, 'plugin_settings'),
    },
    {
      title: 'servers',
      text: 'MCP servers behind `mcpplugins gateway`, by name. Keys of one server.',
      schema: objectIn(file, 'servers'),
    },
    {
      title: 'gateway',
      text: 'Settings of `mcpplugins gateway`.',
      schema: objectIn(file, 'gateway'),
    },
    {
      title: 'server_settings',
      text: 'Settings of a plugin server: `mcpplugins serve` and `servePlugins`.',
      schema: objectIn(file, 'server_settings'),
    },
    ...kinds.map((name) => ({
      title: name,
      text: `\`config\` of a plugin with \`kind: '${name}'\`.`,
      schema: objectIn(ruleOf(entry, name), 'config'),
    })),
  ];
}

/**
 * The object that a key holds: itself, in a list, or under names.
 *
 * @param {JsonSchema} schema
 * @param {string} key
 * @returns {JsonSchema}
 */
function objectIn(schema, key) {
  const value = schema.properties?.[key];
  const found = [value, ...(value?.anyOf ?? [])]
    .flatMap((option) => [option, elementOf(option)])
    .find((option) => option?.properties !== undefined);
  if (found === undefined) throw new Error(`the schema of a configuration has no object in "${key}"`);
  return found;
}

/** @param {JsonSchema | undefined} schema */
function elementOf({ items, additionalProperties } = {}) {
  if (items !== undefined && !Array.isArray(items)) return items;
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/**
 * What the schema says of entries with a kind.
 *
 * @param {JsonSchema} entry
 * @param {string} kind
 * @returns {JsonSchema}
 */
function ruleOf(entry, kind) {
  const rule = entry.allOf?.find((one) => one.if?.properties?.['kind']?.const === kind)?.then;
  if (rule === undefined) throw new Error(`the schema of a configuration has no rule for the kind "${kind}"`);
  return rule;
}

/** @param {JsonSchema | undefined} schema */
function described({ description } = {}) {
  return description === undefined ? {} : { description };
}
