import { addExamples, type ConfigureCommand } from '../command-context.js';

interface MigrateCommandOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `mcpplugins migrate` */
export const configureMigrate: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Turns a configuration of ContextForge or cpex into one of this project and reports what changed. Class paths become ' +
        'packages, Jinja becomes ${NAME}. A plugin without counterpart stays in the new file as a comment. Ends with 1 when ' +
        'such a plugin was active or something is left to do by hand: what it guarded is not guarded yet.',
    )
    .argument('<old>', 'the old configuration')
    .option(
      '-o, --output <file>',
      'the new configuration; - for stdout, then the report goes to stderr',
      'mcpplugins.yaml',
    )
    .option('--force', 'overwrite the output if it is there')
    .option('--json', 'print the report as one JSON document; with -o - the new configuration is in it')
    .action(
      action(async (old: string, { output, force = false, json = false }: MigrateCommandOptions) => {
        const { migrate } = await import('../migrate/migrate.js');
        return migrate({ old, output, force, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins migrate plugins/config.yaml', 'write mcpplugins.yaml and report'],
      ['mcpplugins migrate plugins/config.yaml -o - > new.yaml', 'the same through a pipe'],
    ],
    'mcpplugins validate mcpplugins.yaml',
  );
};
