import { Option } from 'commander';
import { addExamples, type ConfigureCommand } from '../command-context.js';
import { readPort } from '../read-port.js';
import type { LogLevel } from '../run/stderr-logger.js';

interface ServeCommandOptions {
  readonly config?: string;
  readonly transport?: 'stdio' | 'http';
  readonly host?: string;
  readonly port?: number;
  readonly uds?: string;
  readonly stateless?: boolean;
  readonly logLevel: LogLevel;
}

/** `mcpplugins serve` */
export const configureServe: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Serves the plugins of FILE over MCP: other hosts use them as `kind: external`, ours and those in Python alike. ' +
        'Where and how to listen: options, then `server_settings` of FILE, then the variables PLUGINS_SERVER_*.',
    )
    .option(
      '-c, --config <file>',
      'configuration (default: PLUGINS_CONFIG_PATH, mcpplugins.yaml or plugins.yaml)',
    )
    .addOption(
      new Option(
        '--transport <transport>',
        'default: PLUGINS_TRANSPORT, otherwise stdio unless this is a terminal',
      ).choices(['stdio', 'http']),
    )
    .option('--host <host>', 'name or address to listen on (default: 127.0.0.1)')
    .option('--port <port>', 'port to listen on (default: 8000; 0: any free one)', readPort)
    .option('--uds <path>', 'unix socket to listen on')
    .option('--stateless', 'no sessions: every request stands by itself')
    .addOption(
      new Option('--log-level <level>', 'how much to say on stderr')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .action(
      action(async (options: ServeCommandOptions) => {
        const { serve } = await import('../serve/serve.js');
        return serve(options, terminal);
      }),
    );
  addExamples(
    command,
    [
      [
        'mcpplugins serve -c plugins.yaml --transport http --port 8000',
        'for hosts that reach it at an address',
      ],
      [
        'mcpplugins serve -c plugins.yaml',
        'as a command that hosts start: proto: STDIO, cmd: [mcpplugins, serve, …]',
      ],
    ],
    'mcpplugins verify http://127.0.0.1:8000/mcp checks a plugin server',
  );
};
