import { addExamples, type ConfigureCommand } from '../command-context.js';

/** `mcpplugins key` */
export const configureKey: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Makes a key for a client of the gateway, and its hash for `gateway.auth.keys`. The key is shown this once and stands ' +
        'nowhere else.',
    )
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async ({ json = false }: { readonly json?: boolean }) => {
        const { makeKey } = await import('../gateway/make-key.js');
        return makeKey({ json }, terminal);
      }),
    );
  addExamples(command, [['mcpplugins key', 'a key for one client']]);
};
