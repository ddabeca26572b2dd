import path from 'node:path';
import {
  buildJsonSchema,
  discoverPlugins,
  installedPlugins,
  schemaComment,
  schemaFileName,
  validateConfig,
} from '@mcpplugins/config-loader';
import { blockFor } from '../edit/block-for.js';
import { formatPluginBlock } from '../edit/plugin-block.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { configNames } from '../guard/find-config.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import { writeOutput } from '../output/write-file.js';
import type { Terminal } from '../terminal.js';

/** What `init` takes. */
export interface InitOptions {
  /** File to write. */
  readonly file?: string | undefined;
  /** Whether a file that is there already is overwritten. */
  readonly force: boolean;
  readonly json: boolean;
}

/**
 * Writes a commented configuration with a block for every installed plugin, and the JSON Schema that editors complete it with.
 * @throws ConfigError, and FrameworkError `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`
 */
export async function init(
  { file = configNames[0], force, json }: InitOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const absolute = path.resolve(terminal.cwd, file);
  const directory = path.dirname(absolute);
  const plugins = discoverPlugins({ directory });
  const names: string[] = [];
  const blocks = plugins.map((plugin, index) => {
    const block = blockFor(plugin, { priority: (index + 1) * 10 }, names);
    names.push(block.name);
    return formatPluginBlock(block, '  ');
  });
  const text = configText(file, blocks);
  await validateConfig(text, { file: absolute, env: terminal.env });
  writeOutput(file, text, terminal, { force });
  const schema = buildJsonSchema({ plugins: (await installedPlugins({ directory })).plugins });
  const schemaFile = path.join(path.dirname(file), schemaFileName);
  writeOutput(schemaFile, `${JSON.stringify(schema, undefined, 2)}\n`, terminal, { force: true });
  if (json) writeJson(terminal.stdout, { ok: true, file, schema: schemaFile, plugins: names });
  else terminal.stdout.write(report(file, names, terminal));
  return exitCodes.ok;
}

function configText(file: string, blocks: readonly string[]): string {
  const plugins =
    blocks.length === 0
      ? 'plugins: []\n# Add one: npx mcpplugins add @mcpplugins/plugin-pii-filter\n'
      : `plugins:\n${blocks.join('\n')}`;
  return `#${schemaComment()}
# What runs between an MCP client and its server.
#   Check it:  npx mcpplugins validate ${file}
#   Use it:    npx mcpplugins run -c ${file} -- node server.js
#
# mode      enforce refuses and changes · permissive changes only · audit only records · disabled does not run
# priority  lower runs first
# A plugin runs on every call unless it has conditions:
#   conditions:
#     - tools: ['read_*', echo]
${plugins}
# For all plugins together; these are the defaults.
# plugin_settings:
#   plugin_timeout: 30          # seconds that one plugin may take
#   fail_on_plugin_error: false # true: an error refuses the call, whatever the mode
`;
}

function report(file: string, names: readonly string[], terminal: Terminal): string {
  const style = styleFor(terminal.stdout, terminal.env);
  const what = names.length === 0 ? 'no plugin yet: none is installed here' : names.join(', ');
  const next =
    names.length === 0
      ? 'npx mcpplugins add @mcpplugins/plugin-pii-filter'
      : `npx mcpplugins run -c ${file} -- node server.js`;
  return `${style.green(`${file} is written`)}, with ${what}\n\nNext: ${next}\n`;
}
