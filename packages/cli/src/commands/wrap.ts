import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { addClientOptions, type ClientOptions } from '../wrap/options.js';

/** `mcpplugins wrap` */
export const configureWrap: ConfigureCommand = (command, { terminal, action }) => {
  addClientOptions(
    addConfigOption(
      command.description(
        'Puts `mcpplugins run` in front of the servers in the configurations of Claude Desktop, Claude Code, Cursor and ' +
          'VS Code. Names of servers and tools stay; `env`, comments and layout too. Without --write it only shows the ' +
          'difference. Entries name node and this command by absolute path: a client that is started from the desktop does ' +
          'not have the PATH of a shell. Servers behind a url are named and left alone.',
      ),
    ),
  ).action(
    action(async ({ config, ...options }: ClientOptions & { readonly config?: string }) => {
      const { wrap } = await import('../wrap/wrap.js');
      const { write = false, json = false } = options;
      return wrap({ ...options, config, write, json }, terminal);
    }),
  );
  addExamples(
    command,
    [
      [
        'mcpplugins wrap -c plugins.yaml',
        'show what would change in every client configuration that is found',
      ],
      ['mcpplugins wrap -c plugins.yaml --client cursor --write', 'guard every server of Cursor'],
      [
        'mcpplugins wrap -c plugins.yaml --file .vscode/mcp.json --server memory --write',
        'guard one server of one file',
      ],
    ],
    'restart the client; mcpplugins unwrap --write takes the guards away again',
  );
};
