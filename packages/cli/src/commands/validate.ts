import { Option } from 'commander';
import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';

interface ValidateCommandOptions extends LayerOptions {
  readonly host?: 'run' | 'gateway';
  readonly json?: boolean;
}

/** `mcpplugins validate` */
export const configureValidate: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    command
      .description(
        'Reads a configuration, loads its plugins and checks their settings, hooks and conditions, without initialising ' +
          'them. Plugin servers are asked what they offer; one that does not answer is a warning. Prints every problem ' +
          'with file, line and column; if there is none, what runs where.',
      )
      .argument('<file>', 'the configuration'),
  )
    .addOption(
      new Option(
        '--host <command>',
        'check for this command alone; without it, what `run` refuses and `gateway` takes is a warning',
      ).choices(['run', 'gateway']),
    )
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (file: string, { json = false, ...layers }: ValidateCommandOptions) => {
        const { validate } = await import('../validate/validate.js');
        return validate({ ...layers, file, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins validate plugins.yaml', 'check a file'],
      ['mcpplugins validate plugins.yaml --environment prod', 'with plugins.prod.yaml laid over it'],
      ['mcpplugins validate plugins.yaml --host run', 'as `mcpplugins run` would take it'],
      ['mcpplugins validate plugins.yaml --json', 'the same for scripts and CI'],
    ],
    'mcpplugins run -c plugins.yaml -- node server.js',
  );
};
