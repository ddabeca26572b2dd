import { collectValues } from '../collect-values.js';
import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';
import { readPort } from '../read-port.js';
import { addLogLevel } from '../run/log-level-option.js';
import type { LogLevel } from '../run/stderr-logger.js';

interface GatewayCommandOptions extends LayerOptions {
  readonly config: string;
  readonly servers?: readonly string[];
  readonly host?: string;
  readonly port?: number;
  readonly check?: boolean;
  readonly allowIdle?: boolean;
  readonly decisions?: string;
  readonly browser?: boolean;
  readonly logLevel: LogLevel;
}

/** `mcpplugins gateway` */
export const configureGateway: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    command
      .description(
        'Serves the MCP servers of FILE over Streamable HTTP, each behind the plugins of FILE: `/servers/NAME/mcp` for each, and ' +
          '`/mcp` for all as one, whose tools are called NAME__TOOL. Every client session has sessions of its own with the ' +
          'servers. Also `/health`, `/ready` and `/metrics`.',
      )
      .requiredOption('-c, --config <file>', 'configuration: plugins, `servers` and `gateway`'),
  )
    .option(
      '--servers <file>',
      'serve the servers of a client configuration, too (`mcpServers` or `servers`); may be given several times',
      collectValues,
    )
    .option('--host <host>', 'name or address to listen on (default: 127.0.0.1)')
    .option('--port <port>', 'port to listen on (default: 8808; 0: any free one)', readPort)
    .option(
      '--check',
      'ask the servers what they have, print which plugins run around what, and serve nothing',
    )
    .option('--allow-idle', 'a plugin whose conditions match no server is a warning, not an error')
    .option('--decisions <file>', 'append what each plugin decided to FILE, one JSON object a line')
    .option('--no-browser', 'print the address when a server asks for a login, and open nothing');
  addLogLevel(command).action(
    action(async ({ servers = [], check = false, allowIdle = false, ...rest }: GatewayCommandOptions) => {
      const { gateway } = await import('../gateway/gateway.js');
      const { browser: opensBrowser = true, ...options } = rest;
      return gateway({ ...options, servers, check, allowIdle, opensBrowser }, terminal);
    }),
  );
  addExamples(
    command,
    [
      ['mcpplugins gateway -c plugins.yaml', 'the servers of the configuration'],
      ['mcpplugins gateway -c plugins.yaml --check', 'who guards what, and what nothing guards'],
      [
        'mcpplugins gateway -c plugins.yaml --servers .mcp.json --port 0',
        'those of a project, at any free port',
      ],
    ],
    'mcpplugins key makes a key for a client, for `gateway.auth.keys`; mcpplugins login logs in at a server with `oauth`',
  );
};
