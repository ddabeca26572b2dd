import { addExamples, type ConfigureCommand } from '../command-context.js';

/** `mcpplugins outdated` */
export const configureOutdated: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Compares the plugin packages that are installed in this folder and above with the registry of npm, and with their own ' +
        'manifests. Ends with 1 when one is outdated.',
    )
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async ({ json = false }: { readonly json?: boolean }) => {
        const { outdated } = await import('../outdated/outdated.js');
        return outdated({ json }, terminal);
      }),
    );
  addExamples(command, [['mcpplugins outdated', 'which plugins have a newer version']]);
};
