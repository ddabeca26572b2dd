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
  TARGET_NOT_FOUND: {
    meaning: 'The server has no tool, prompt or resource of the name that was asked about.',
    action: 'Use a name of the server; the nearest is in the message.',
  },
  SERVER_CALL_FAILED: {
    meaning: 'The MCP server did not answer, or not as MCP has it.',
    action: 'Read the message and what the server wrote to stderr.',
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
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of the command line. */
export type CliErrorCode = keyof typeof cliErrorCodes;
