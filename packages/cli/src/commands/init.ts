import { addExamples, type ConfigureCommand } from '../command-context.js';

/** `mcpplugins init` */
export const configureInit: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Writes a commented configuration with a block for every plugin package that is installed, and the JSON Schema with ' +
        'which editors complete it.',
    )
    .argument('[file]', 'file to write (default: mcpplugins.yaml)')
    .option('--force', 'overwrite a file that is there already')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(
        async (file: string | undefined, options: { readonly force?: boolean; readonly json?: boolean }) => {
          const { init } = await import('../init/init.js');
          return init({ file, force: options.force === true, json: options.json === true }, terminal);
        },
      ),
    );
  addExamples(
    command,
    [['mcpplugins init', 'write mcpplugins.yaml in this folder']],
    'mcpplugins add PACKAGE',
  );
};
