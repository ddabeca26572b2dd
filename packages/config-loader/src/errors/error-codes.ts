/**
 * Every code that `config-loader` puts on a diagnostic or a `ConfigError`, with what it means and what to do.
 * `docs/errors.md` is generated from this table.
 */
export const configErrorCodes = {
  CONFIG_FILE_INVALID: {
    meaning: 'A configuration cannot be used. The diagnostics of the error say where and why.',
    action: 'Correct what the diagnostics name; all of them are from one run.',
  },
  FILE_NOT_FOUND: {
    meaning: 'The configuration file does not exist.',
    action: 'Check the path. A missing file is never taken for an empty configuration.',
  },
  FILE_UNREADABLE: {
    meaning: 'A file is not a regular file, or may not be read.',
    action: 'Give the path of a readable file.',
  },
  FILE_TOO_LARGE: {
    meaning: 'A file is larger than the limit.',
    action: 'Split it into overlays, or raise `limits.maxFileBytes`.',
  },
  FILE_ENCODING: { meaning: 'A file is not UTF-8 text.', action: 'Save it as UTF-8.' },
  FILE_EMPTY: {
    meaning: 'The configuration has no content.',
    action: 'Write at least `plugins: []` to run without any plugin on purpose.',
  },
  YAML_SYNTAX: { meaning: 'The text is not YAML 1.2 (or JSON).', action: 'Correct the place that is named.' },
  YAML_UNSUPPORTED: {
    meaning:
      'Valid YAML that a configuration must not use: tags, YAML 1.1, merge keys, several documents, non-text keys.',
    action: 'Write the value out plainly.',
  },
  YAML_ALIAS: {
    meaning: 'An alias has no anchor before it, or contains itself.',
    action: 'Define the anchor first, outside of the place that uses it.',
  },
  YAML_DUPLICATE_KEY: { meaning: 'A map has one key twice.', action: 'Remove one of the two.' },
  YAML_LIMIT: {
    meaning: 'The document is nested too deeply or has too many values once aliases are expanded.',
    action: 'Make it smaller, or raise `limits`.',
  },
  VARIABLE_UNSET: {
    meaning: 'A `${NAME}` names an environment variable that is not set, and states no default.',
    action: 'Set the variable, or write `${NAME:-default}`.',
  },
  VARIABLE_INVALID: {
    meaning: 'A `${` does not start a variable of a known form.',
    action: 'Write `${NAME}`, `${NAME:-default}` or `${file:PATH}`; `$${` stands for a literal `${`.',
  },
  VARIABLE_FILE: {
    meaning: 'The file of a `${file:PATH}` cannot be read.',
    action: 'Check the path (relative to the configuration) and its permissions.',
  },
  KEY_UNKNOWN: {
    meaning: 'A key that this place does not have.',
    action: 'Use the nearest key, or remove it.',
  },
  KEY_MISSING: { meaning: 'A required key is missing.', action: 'Add it.' },
  KEY_IGNORED: {
    meaning: 'A key or section that other products obey and that means nothing here.',
    action: 'Remove it, or leave it: it has no effect.',
  },
  NOT_YET_SUPPORTED: {
    meaning: 'A key that would restrict a plugin and that this version does not enforce.',
    action: 'Remove it: the file must not claim a protection that is not there.',
  },
  VALUE_INVALID: {
    meaning: 'A value has the wrong type or is out of range.',
    action: 'Use what the message allows.',
  },
  HOOK_NAME_UNKNOWN: {
    meaning: 'A hook that neither the host nor the plugin knows: the guard would never run.',
    action: 'Use the nearest hook name.',
  },
  PATTERN_INVALID: {
    meaning: 'A regular expression cannot be compiled for linear-time matching.',
    action: 'Use RE2 syntax: no back-references and no look-around.',
  },
  PLUGIN_NAME_DUPLICATE: {
    meaning: 'Two plugins have the same name (letter case does not count).',
    action: 'Give each plugin a name of its own.',
  },
  ENVIRONMENT_INVALID: {
    meaning: 'The name of an environment has characters that do not belong into a file name.',
    action: 'Use letters, digits, `-` and `_`.',
  },
  PLUGIN_LOCKED: {
    meaning: 'An overlay makes a plugin less strict that another file locks.',
    action: 'Change the file that locks it, or leave the plugin as strict as it is.',
  },
  KIND_INVALID: {
    meaning: 'A `kind` that may not be loaded: a URL, an absolute or outside path, a malformed name.',
    action:
      'Use an npm package, a relative file inside the configuration folder or `plugin_dirs`, or `external`.',
  },
  KIND_UNKNOWN: {
    meaning: 'A `kind` that this host has no code for.',
    action: 'Use what the message names instead.',
  },
  KIND_ALIASED: {
    meaning:
      'The class path of a Python plugin of ContextForge for which a package of this project does the work.',
    action: 'Nothing; or name the package.',
  },
  MODULE_NOT_FOUND: { meaning: 'The file that a `kind` names does not exist.', action: 'Check the path.' },
  MODULE_FAILED: {
    meaning: 'The module of a plugin threw while it was imported.',
    action: 'Read the cause. A plugin whose mode may block keeps the host from starting.',
  },
  PACKAGE_NOT_INSTALLED: {
    meaning: 'The npm package of a `kind` is not installed where the configuration is.',
    action: 'Run the npm command of the message.',
  },
  EXPORT_UNKNOWN: {
    meaning: 'A module has no export of the name that `kind` gives after `#`, or no default export.',
    action: 'Use one of the exports that the message names.',
  },
  EXPORT_NOT_PLUGIN: {
    meaning: 'What a `kind` names is not a plugin class.',
    action: 'Export a class that extends `Plugin`, or the result of `definePlugin`.',
  },
  MANIFEST_INVALID: {
    meaning: 'The `plugin-manifest.yaml` of a plugin has mistakes. The plugin runs without it.',
    action: "Tell the plugin's author.",
  },
  FRAMEWORK_INCOMPATIBLE: {
    meaning: 'The manifest of a plugin asks for another version of the framework.',
    action: 'Install a version of the plugin that fits, or update the framework.',
  },
  PLUGIN_SETTINGS_REJECTED: {
    meaning: "The `config` of a plugin does not fit the plugin's own settings schema.",
    action: 'Correct the setting that the message names.',
  },
  NO_PLUGINS: {
    meaning: 'The configuration has no plugin: nothing is guarded.',
    action: 'Add plugins, or ignore this notice if that is meant.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `config-loader`. */
export type ConfigErrorCode = keyof typeof configErrorCodes;
