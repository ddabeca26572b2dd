/**
 * Every code that the command line itself can report, with what it means and what to do.
 * `docs/errors.md` is generated from this table.
 */
export const cliErrorCodes = {
  COMMAND_MISSING: {
    meaning: '`run` was called without the command of the server that it should guard.',
    action: "Put the server's own command at the end: mcpplugins run -c plugins.yaml -- node server.js",
  },
  CONFIG_NOT_GIVEN: {
    meaning: 'No configuration was named and none is in the current folder.',
    action: 'Name it with -c FILE, or write one: mcpplugins init',
  },
  INPUT_INVALID: {
    meaning: 'A value or file on the command line is not what the command needs, as JSON that is not JSON.',
    action: 'Correct what the message names.',
  },
  OUTPUT_EXISTS: {
    meaning: 'The file that a command should write is there already.',
    action: 'Name another one with -o, or say --force to overwrite it.',
  },
  OUTPUT_UNWRITABLE: {
    meaning: 'The file that a command should write cannot be written.',
    action: 'Name a file in a folder that exists and that this user may write to.',
  },
  SERVER_UNKNOWN: {
    meaning: 'The configuration has no server of the name that was given on the command line.',
    action: 'Use a name of its `servers:`; the message lists them.',
  },
  SERVERS_MISSING: {
    meaning: '`gateway` was given a configuration without servers.',
    action: 'Write `servers:` into it, or name the configuration of a client with --servers FILE.',
  },
  SERVERS_FILE_INVALID: {
    meaning: 'The file of `--servers` cannot be used as a list of MCP servers.',
    action:
      'Correct what the message names; the file needs `mcpServers` or `servers`, as the configurations of clients have.',
  },
  LOGIN_NOT_CONFIGURED: {
    meaning: '`login` or `logout` was called for a server at which nobody logs in.',
    action: 'Write `oauth: {}` to the server in the configuration, if it asks for a login.',
  },
  REDIRECT_PORT_UNUSABLE: {
    meaning: 'The port to which the browser comes back after a login cannot be listened on.',
    action: 'End what listens there, or choose another `redirect_port` (and register that address as well).',
  },
  TARGET_NOT_FOUND: {
    meaning: 'The server has no tool, prompt or resource of the name that was asked about.',
    action: 'Use a name of the server; the nearest is in the message.',
  },
  PACKAGE_NOT_FOUND: {
    meaning: 'No plugin of that name is installed in this folder or above.',
    action: 'Check the name, or install it: mcpplugins add PACKAGE',
  },
  PACKAGE_NOT_INSTALLABLE: {
    meaning: 'npm could not install a package.',
    action: 'Read what npm printed; check the name and the network.',
  },
  REGISTRY_UNAVAILABLE: {
    meaning: 'npm could not say which version of a package is the latest.',
    action: 'Check the network and the registry in .npmrc; `npm view PACKAGE version` says more.',
  },
  PLUGIN_NOT_EDITABLE: {
    meaning: 'A configuration cannot be changed without rewriting more of it than the one plugin.',
    action: 'Write `plugins:` as a list with one `- name: …` a plugin, or edit the file by hand.',
  },
  SERVER_CALL_FAILED: {
    meaning: 'The MCP server did not answer, or not as MCP has it.',
    action: 'Read the message and what the server wrote to stderr.',
  },
  REPLAY_WOULD_SEND: {
    meaning:
      'A configuration for `replay` has plugins behind plugin servers: a replay sends nothing anywhere.',
    action: 'Take them out with an overlay (`mode: disabled`), or say --with-external to have them called.',
  },
  DECISIONS_FILE_UNWRITABLE: {
    meaning: 'The file of `--decisions` cannot be opened for appending.',
    action: 'Name a file in a folder that exists and that this user may write to.',
  },
  DEMO_PACKAGE_MISSING: {
    meaning: 'The demo needs a package that is not installed: it starts a real MCP server and two plugins.',
    action: 'Run the npm command in the message, then `npx mcpplugins demo` again.',
  },
  DEMO_NOT_GUARDED: {
    meaning: 'A call of the demo was not masked or not blocked, although it had to be.',
    action:
      'Run `mcpplugins validate` on the configuration; with the one that comes with the demo this is a defect: please report it.',
  },
  FIXTURES_NOT_FOUND: {
    meaning: '`mcpplugins test` found no file of fixtures.',
    action:
      'Name the files, or call one as word-guard.fixtures.yaml and put it in this folder or in fixtures.',
  },
  DESTINATION_NOT_EMPTY: {
    meaning: 'The folder for a new plugin has files already; nothing was written.',
    action: 'Name a folder that is empty or does not exist.',
  },
  PLUGIN_NAME_INVALID: {
    meaning: 'The name for a new plugin cannot be the name of a package in every language.',
    action: 'Use lower-case letters, digits and single hyphens, as word-guard.',
  },
  PLUGIN_DISABLED: {
    meaning: 'A plugin is configured and does not run: `mode: disabled`.',
    action: 'Set another mode, or remove the plugin.',
  },
  GUARD_ONLY_WATCHES: {
    meaning: 'A plugin records what it would refuse and refuses nothing, because of its mode.',
    action: 'Set `mode: enforce` once its record shows what you expect.',
  },
  GUARD_FAILS_OPEN: {
    meaning: 'An error of a plugin that may refuse lets the call through, because of its mode or `on_error`.',
    action: 'Set `mode: enforce` without `on_error`, or `on_error: fail`.',
  },
  ORDER_LEAKS: {
    meaning:
      'A plugin that only records runs before one that may change or refuse, and so sees what that one would have kept back.',
    action: 'Give the recording plugin the higher `priority` number.',
  },
  CONDITION_IGNORED: {
    meaning:
      'A condition compares something that none of the hooks of its plugin has, so it constrains nothing.',
    action: 'Remove the field, or add the hooks that it is meant for.',
  },
  CONDITION_NEVER_MATCHES: {
    meaning:
      'The conditions of a plugin match nothing that the server has, or its hooks are about HTTP requests to servers and none is reached so; it never runs.',
    action: 'Correct the names or the hooks; the message lists what there is.',
  },
  UNGUARDED: {
    meaning: 'No plugin that may change or refuse runs on an operation.',
    action: 'Add a plugin, or widen the conditions of one.',
  },
  NAME_SHADOWED: {
    meaning:
      'Two tools of the server have names that are the same or look the same: a client may call the wrong one.',
    action: 'Ask the author of the server; until then deny both by name.',
  },
  DEFAULT_USED: {
    meaning:
      'An environment variable of the configuration is not set, and the default in the file takes its place.',
    action: 'Set the variable where the guard runs, if the default is not meant.',
  },
  CLIENT_CONFIG_NOT_FOUND: {
    meaning: 'No configuration of an MCP client is where one was looked for.',
    action: 'Name it: --file FILE',
  },
  CLIENT_CONFIG_INVALID: {
    meaning: 'The configuration of an MCP client cannot be read, or is not what clients read.',
    action: 'Correct what the message names; nothing was changed.',
  },
  CLIENT_SERVERS_MISSING: {
    meaning: 'The configuration of an MCP client has no servers, neither `mcpServers` nor `servers`.',
    action: 'Add a server in the client first, or name another file: --file FILE',
  },
  CLIENT_SERVER_UNKNOWN: {
    meaning: 'No client configuration has a server of the name that was given with `--server`.',
    action: 'Use one of the names in the message.',
  },
  FILE_WRITABLE_BY_OTHERS: {
    meaning: 'Other users of this machine can change the configuration, and with it what the guard does.',
    action: 'Run: chmod go-w FILE',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of the command line. */
export type CliErrorCode = keyof typeof cliErrorCodes;
