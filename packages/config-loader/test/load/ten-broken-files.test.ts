import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFolder, guardModule } from '../support/config-folder.js';
import { diagnosticsOf, summary } from '../support/diagnostics-of.js';

const files: readonly { readonly is: string; readonly yaml: string; readonly found: readonly string[] }[] = [
  {
    is: 'a misspelt plugin key',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js
    modee: enforce
    config: { words: [a] }
`,
    found: [
      '4:5 KEY_UNKNOWN plugins[0].modee: unknown key "modee"; known here: name, kind, description, author, version, hooks, tags, mode, on_error, allow_disable, priority, conditions, timeout, config, mcp, locked | Did you mean "mode"?',
    ],
  },
  {
    is: 'a misspelt hook',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js
    hooks:
      - tool_pre_invoke
      - tool_postinvoke
    config: { words: [a] }
`,
    found: [
      '6:9 HOOK_NAME_UNKNOWN plugins[0].hooks[1]: unknown hook "tool_postinvoke" | Did you mean "tool_post_invoke"?',
    ],
  },
  {
    is: 'a misspelt mode',
    yaml: `plugins:
  - { name: Guard, kind: ./guard.js, mode: enforced, config: { words: [a] } }
`,
    found: [
      '2:44 VALUE_INVALID plugins[0].mode: must be one of enforce, enforce_ignore_error, permissive, audit, fire_and_forget, disabled, sequential, transform, concurrent, not "enforced" | Did you mean "enforce"?',
    ],
  },
  {
    is: 'two names that differ in letter case',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js#Quiet
  - kind: ./guard.js#Quiet
    name: GUARD
`,
    found: [
      '5:11 PLUGIN_NAME_DUPLICATE plugins[1].name: the plugin of line 2 has the name "GUARD" already (letter case does not count) | Give each plugin a name of its own.',
    ],
  },
  {
    is: 'settings that the plugin refuses',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js
    config:
      words: [a, 7]
      limit: 0
      stile: mask
`,
    found: [
      '5:18 PLUGIN_SETTINGS_REJECTED plugins[0].config.words[1]: must be a text, not 7',
      '6:14 PLUGIN_SETTINGS_REJECTED plugins[0].config.limit: must be greater than 0, not 0',
      '7:7 PLUGIN_SETTINGS_REJECTED plugins[0].config.stile: unknown key "stile"; known here: words, limit, style | Did you mean "style"?',
    ],
  },
  {
    is: 'a package that is not installed',
    yaml: `plugins:
  - name: Guard
    kind: "@acme/mcp-guard#Guard"
`,
    found: [
      '3:11 PACKAGE_NOT_INSTALLED plugins[0].kind: "@acme/mcp-guard#Guard" cannot be loaded: the package @acme/mcp-guard is not installed where the configuration is | Run: npm install @acme/mcp-guard',
    ],
  },
  {
    is: 'an export that is not there',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js#Quite
`,
    found: [
      '3:11 EXPORT_UNKNOWN plugins[0].kind: "./guard.js#Quite" names an export that the module does not have; it exports Quiet, answer, default | Did you mean "#Quiet"?',
    ],
  },
  {
    is: 'a variable that is not set',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js
    config:
      words: ["\${WORD_OF_THE_DAY}"]
`,
    found: [
      '5:15 VARIABLE_UNSET : the environment variable WORD_OF_THE_DAY is not set | Set WORD_OF_THE_DAY, or write ${WORD_OF_THE_DAY:-default}.',
    ],
  },
  {
    is: 'YAML that does not parse',
    yaml: `plugins:
  - name: Guard
    kind: ./guard.js
    tags: [security, pii
    priority: 5
`,
    found: [
      '5:5 YAML_SYNTAX : not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ] | Align the line with its neighbours, and close every `[` and `{`.',
    ],
  },
  {
    is: 'a duplicate key and a timeout out of range',
    yaml: `plugin_settings:
  plugin_timeout: 0
plugins: []
plugin_settings:
  plugin_timeout: 5
`,
    found: [
      '2:19 VALUE_INVALID plugin_settings.plugin_timeout: must be greater than 0, not 0',
      '4:1 YAML_DUPLICATE_KEY : the key "plugin_settings" is already in line 1',
    ],
  },
];

describe('a broken file', () => {
  it.each(files)('with $is is refused with place, reason and suggestion', async ({ yaml, found }) => {
    const folder = configFolder({ 'plugins.yaml': yaml, 'guard.js': guardModule });
    const file = path.join(folder, 'plugins.yaml');
    const diagnostics = await diagnosticsOf(file, { env: {} });
    expect(diagnostics.map(summary)).toEqual(found);
    for (const diagnostic of diagnostics) expect(diagnostic.file).toBe(file);
  });
});
