import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';

interface ValidateCommandOptions extends LayerOptions {
  readonly json?: boolean;
}

/** `mcpplugins validate` */
export const configureValidate: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    command
      .description(
        'Reads a configuration, loads its plugins and checks their settings, hooks and conditions, without starting ' +
          'anything. Prints every problem with file, line and column; if there is none, what runs where.',
      )
      .argument('<file>', 'the configuration'),
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
      ['mcpplugins validate plugins.yaml --json', 'the same for scripts and CI'],
    ],
    'mcpplugins run -c plugins.yaml -- node server.js',
  );
};
