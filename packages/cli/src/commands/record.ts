import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';
import { addLogLevel } from '../run/log-level-option.js';
import type { LogLevel } from '../run/stderr-logger.js';

interface RecordCommandOptions extends LayerOptions {
  readonly config: string;
  readonly output: string;
  readonly name?: string;
  readonly server?: string;
  readonly browser?: boolean;
  readonly logLevel: LogLevel;
}

/** `mcpplugins record` */
export const configureRecord: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    command
      .usage('-c FILE -o RECORDING [options] [--] COMMAND… | URL')
      .description(
        'As `run`, and writes every hook call of the session with its payload to RECORDING, also on hooks on which FILE has no ' +
          'plugin. The payloads are what came to the hooks, secrets included: keep the file to yourself.',
      )
      .argument(
        '[command...]',
        "the server's command and its arguments (everything after its first word is the server's), or the URL of a server",
      )
      .requiredOption('-c, --config <file>', 'configuration that guards the session')
      .requiredOption('-o, --output <recording>', 'file to write; it must not exist yet'),
  )
    .option('--server <name>', 'a server of FILE (`servers`) instead of a command')
    .option('--no-browser', 'print the address when the server asks for a login, and open nothing')
    .option('--name <server>', 'name of the server, for `server_ids` in conditions and for the records');
  addLogLevel(command)
    .passThroughOptions()
    .action(
      action(
        async (
          words: readonly string[],
          { output, browser: opensBrowser = true, ...options }: RecordCommandOptions,
        ) => {
          const { run } = await import('../run/run.js');
          return run({ ...options, opensBrowser, recording: output, command: words }, terminal);
        },
      ),
    );
  addExamples(
    command,
    [
      [
        'mcpplugins record -c plugins.yaml -o session.jsonl -- node server.js',
        'in the place of `run`, in the configuration of a client',
      ],
    ],
    'mcpplugins replay session.jsonl -c other.yaml shows what another configuration would have done',
  );
};
