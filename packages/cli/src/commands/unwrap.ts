import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addClientOptions, type ClientOptions } from '../wrap/options.js';

/** `mcpplugins unwrap` */
export const configureUnwrap: ConfigureCommand = (command, { terminal, action }) => {
  addClientOptions(
    command.description(
      'Takes away what `mcpplugins wrap` put in front of servers: their entries are again as they were, byte for byte, and ' +
        'what else changed in the file since stays. Needs no backup. Without --write it only shows the difference.',
    ),
  ).action(
    action(async (options: ClientOptions) => {
      const { unwrap } = await import('../wrap/unwrap.js');
      const { write = false, json = false } = options;
      return unwrap({ ...options, write, json }, terminal);
    }),
  );
  addExamples(command, [
    ['mcpplugins unwrap', 'show what would change in every client configuration that is found'],
    [
      'mcpplugins unwrap --client claude-desktop --write',
      'start the servers of Claude Desktop without guard again',
    ],
  ]);
};
