import { collectValues } from '../collect-values.js';
import { addExamples, type ConfigureCommand } from '../command-context.js';

interface SchemaCommandOptions {
  readonly output?: string;
  readonly pluginDir?: readonly string[];
  readonly json?: boolean;
}

/** `mcpplugins schema` */
export const configureSchema: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Makes a JSON Schema of the configuration with the settings of every plugin that is installed in this folder, so ' +
        'that editors complete and check them. Loads the code of those plugins and starts nothing.',
    )
    .option('-o, --output <file>', 'write the schema to FILE, replacing it, instead of printing it')
    .option(
      '--plugin-dir <folder>',
      'also look for plugins in FOLDER, as `plugin_dirs` does; may be given several times',
      collectValues,
    )
    .option('--json', 'with -o: say what was written as one JSON document')
    .action(
      action(async ({ output, pluginDir = [], json = false }: SchemaCommandOptions) => {
        const { schema } = await import('../schema/schema.js');
        return schema({ output, pluginDirs: pluginDir, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins schema -o mcpplugins.schema.json', 'write it where generated configurations look for it'],
      ['mcpplugins schema | jq .', 'have a look at it'],
    ],
    'put `# yaml-language-server: $schema=./mcpplugins.schema.json` into the first line of the configuration',
  );
};
