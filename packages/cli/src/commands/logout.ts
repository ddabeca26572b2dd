import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLoginOptions, type LoginCommandOptions } from '../login/options.js';

/** `mcpplugins logout` */
export const configureLogout: ConfigureCommand = (command, { terminal, action }) => {
  addLoginOptions(
    command.description(
      'Forgets the login at a server of FILE. A gateway that runs keeps it until it ends, and the server learns nothing of ' +
        'it: what the login may do is taken away there. Without SERVER: every login of FILE.',
    ),
  ).action(
    action(async (server: string | undefined, { servers = [], ...options }: LoginCommandOptions) => {
      const { logout } = await import('../login/logout.js');
      return logout({ ...options, servers, server }, terminal);
    }),
  );
  addExamples(command, [['mcpplugins logout notes -c plugins.yaml', 'at the server that is called notes']]);
};
