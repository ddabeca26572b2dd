import type { LogLevel } from '../run/stderr-logger.js';
import { Option } from 'commander';
import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLogLevel } from '../run/log-level-option.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';

interface RunCommandOptions extends LayerOptions {
  readonly config: string;
  readonly name?: string;
  readonly server?: string;
  readonly browser?: boolean;
  readonly decisions?: string;
  readonly blockedToolCalls?: 'result' | 'error';
  readonly logLevel: LogLevel;
}

/** `mcpplugins run` */
export const configureRun: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    command
      .usage('-c FILE [options] [--] COMMAND… | URL')
      .description(
        'Starts an MCP server as a child process, or connects to one behind a URL, and stands between it and the client: what the client sends on stdin and ' +
          'what the server answers goes through the plugins of FILE. Put it in front of the server’s command in any client.',
      )
      .argument(
        '[command...]',
        "the server's command and its arguments (everything after its first word is the server's), or the URL of a server",
      )
      .requiredOption('-c, --config <file>', 'configuration: which plugins run, on what, in which order'),
  )
    .option(
      '--server <name>',
      'a server of FILE (`servers`) instead of a command, with its headers, TLS and the like',
    )
    .option('--no-browser', 'print the address when the server asks for a login, and open nothing')
    .option('--name <server>', 'name of the server, for `server_ids` in conditions and for the records')
    .option('--decisions <file>', 'append what each plugin decided to FILE, one JSON object a line')
    .addOption(
      new Option(
        '--blocked-tool-calls <answer>',
        'answer blocked tool calls with a result that models read, or with a JSON-RPC error (default: result)',
      ).choices(['result', 'error']),
    );
  addLogLevel(command)
    .passThroughOptions()
    .action(
      action(
        async (words: readonly string[], { browser: opensBrowser = true, ...options }: RunCommandOptions) => {
          const { run } = await import('../run/run.js');
          return run({ ...options, opensBrowser, command: words }, terminal);
        },
      ),
    );
  addExamples(
    command,
    [
      ['mcpplugins run -c plugins.yaml -- node server.js', 'guard a server that is started with node'],
      ['mcpplugins run -c plugins.yaml npx -y @modelcontextprotocol/server-memory', 'the -- may be left out'],
      ['mcpplugins run -c plugins.yaml https://mcp.example.com/mcp', 'a server that runs elsewhere'],
      ['mcpplugins run -c plugins.yaml --server search', 'a server of `servers:` in the file'],
      [
        'mcpplugins run -c plugins.yaml --decisions decisions.jsonl -- node server.js',
        'keep a record of every decision',
      ],
    ],
    'mcpplugins validate plugins.yaml checks the file without starting anything',
  );
};
