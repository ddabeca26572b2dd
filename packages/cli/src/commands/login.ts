import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLoginOptions, type LoginCommandOptions } from '../login/options.js';

/** `mcpplugins login` */
export const configureLogin: ConfigureCommand = (command, { terminal, action }) => {
  addLoginOptions(
    command.description(
      'Logs you in at a server of FILE that asks for OAuth, in a browser on this machine, and keeps the login for ' +
        '`mcpplugins gateway` and `mcpplugins run`, which renew it. Every client of that gateway then acts as you at the server. Without ' +
        'SERVER: at each that has `oauth`, one after the other. Logins are kept in $XDG_STATE_HOME/mcpplugins/tokens, ' +
        'readable by you alone.',
    ),
  )
    .option('--no-browser', 'print the address to open, and open nothing')
    .action(
      action(
        async (
          server: string | undefined,
          { servers = [], browser = true, ...options }: LoginCommandOptions & { readonly browser?: boolean },
        ) => {
          const { login } = await import('../login/login.js');
          return login({ ...options, servers, server, opensBrowser: browser }, terminal);
        },
      ),
    );
  addExamples(
    command,
    [
      ['mcpplugins login notes -c plugins.yaml', 'at the server that is called notes'],
      ['mcpplugins login -c plugins.yaml', 'at every server with `oauth`'],
    ],
    'mcpplugins gateway -c plugins.yaml; mcpplugins logout notes -c plugins.yaml forgets the login',
  );
};
