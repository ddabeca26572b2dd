import { Command, CommanderError } from 'commander';
import type { CommandContext } from './command-context.js';
import { commandSet } from './command-set.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { redirectConsole } from './output/redirect-console.js';
import { styleFor, wantsColour } from './output/style.js';
import type { Terminal } from './terminal.js';
import { readVersion } from './version.js';

/**
 * Runs one command line and answers with its exit code: 0 done, 1 failed, 2 wrong usage or configuration.
 * Never throws and never ends the process.
 * @param words the command line without node and script, as `process.argv.slice(2)`
 */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = createProgram(terminal);
  const context: CommandContext = {
    terminal,
    action:
      <Values extends readonly unknown[]>(handler: (...values: Values) => Promise<ExitCode>) =>
      async (...values: unknown[]) => {
        // Commander calls an action with the arguments and options that its command has described.
        exitCode = await handler(...(values as unknown as Values));
      },
  };
  // Stdout is for answers, of `run` for the protocol alone: what plugins write to the console goes elsewhere.
  using _console = redirectConsole(terminal.stderr);
  try {
    await addCommands(program, context, words);
    await program.parseAsync(words.length === 0 ? ['--help'] : words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const { reportError } = await import('./errors/report-error.js');
    return await reportError(error, terminal, { json: hasJsonOption(program, words) });
  }
  return exitCode;
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('mcpplugins');
  const style = styleFor(terminal.stdout, terminal.env);
  program
    .description('Guards for MCP servers: plugins that mask, block and record what passes through.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .commandsGroup('More:')
    .helpCommand('help [command]', 'show the help of a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
      getOutHasColors: () => wantsColour(terminal.stdout, terminal.env),
      getErrHasColors: () => wantsColour(terminal.stderr, terminal.env),
    })
    .configureHelp({
      styleTitle: style.bold,
      styleSubcommandText: style.cyan,
      styleCommandText: style.cyan,
      styleOptionTerm: style.cyan,
      subcommandTerm: (command) => command.name(),
    })
    .showHelpAfterError('\nAll commands: mcpplugins --help')
    .addHelpText('after', rootHelp);
  return program;
}

/** Adds every command by name; only the one that is called, or asked for help, loads its own file. */
async function addCommands(
  program: Command,
  context: CommandContext,
  words: readonly string[],
): Promise<void> {
  const called = words[0] === 'help' ? words[1] : words.find((word) => !word.startsWith('-'));
  for (const entry of commandSet) {
    const command = program.command(entry.name).summary(entry.summary).helpGroup(entry.group);
    if (entry.name !== called) continue;
    const configure = await entry.load();
    configure(command, context);
    command.showHelpAfterError(
      `\nUsage: mcpplugins ${entry.name} ${command.usage()}\nHelp: mcpplugins ${entry.name} --help`,
    );
  }
}

/** Whether the called command has `--json` and it was given; words after the command of `run` do not count. */
function hasJsonOption(program: Command, words: readonly string[]): boolean {
  const called = program.commands.find(
    (command) => command.name() === words.find((word) => !word.startsWith('-')),
  );
  return called?.opts()['json'] === true;
}

const rootHelp = `
First guarded call:
  mcpplugins demo

Guard your own server: put this in front of its command, also in a client's configuration
  mcpplugins run -c plugins.yaml -- node server.js

Help of one command: mcpplugins run --help
Exit codes: 0 done, 1 failed, 2 wrong usage or configuration (nothing was started)
`;
