import { InvalidArgumentError } from 'commander';
import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';

interface AddCommandOptions {
  readonly config?: string;
  readonly name?: string;
  readonly mode?: string;
  readonly priority?: number;
  readonly install: boolean;
  readonly json?: boolean;
}

/** `mcpplugins add` */
export const configureAdd: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command
      .description(
        'Installs a plugin package, if it is not there, and appends it to the configuration with the settings that its ' +
          'manifest starts from. The result is checked before it is written; comments and everything else stay as they are.',
      )
      .argument('<package>', 'npm package, with an optional version'),
  )
    .option('--name <name>', 'name of the plugin in the configuration (default: after the package)')
    .option('--mode <mode>', 'mode to start in, as audit to see what it would do (default: enforce)')
    .option('--priority <number>', 'place in the order (default: after all others)', parsePriority)
    .option('--no-install', 'do not run npm: the package has to be there')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (spec: string, options: AddCommandOptions) => {
        const { add } = await import('../edit/add.js');
        const { install: mayInstall, json = false, config, name, mode, priority } = options;
        return add({ spec, config, name, mode, priority, mayInstall, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins add @mcpplugins/plugin-pii-filter', 'to the configuration in this folder'],
      [
        'mcpplugins add @mcpplugins/plugin-deny-filter --mode audit -c plugins.yaml',
        'see first what it would refuse',
      ],
    ],
    'mcpplugins plan TOOL shows where it stands in the order',
  );
};

function parsePriority(text: string): number {
  const priority = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(priority))
    throw new InvalidArgumentError('It must be a whole number.');
  return priority;
}
