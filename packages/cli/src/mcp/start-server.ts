import path from 'node:path';
import { FrameworkError, type Logger, type PluginManager, silentLogger } from '@mcpplugins/framework-core';
import { Relay } from '@mcpplugins/gateway';
import { createMemoryTransports, StdioClientTransport, type Transport } from '@mcpplugins/mcp-transport';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';
import { readVersion } from '../version.js';
import { McpSession } from './mcp-session.js';

/** An MCP server that a command has started for itself, and a session with it. */
export interface RunningServer extends AsyncDisposable {
  readonly session: McpSession;
}

/** What `startServer` takes. */
export interface StartServerOptions {
  /** The server's command and its arguments. */
  readonly command: readonly string[];
  readonly terminal: Terminal;
  /** Plugins to put in between, as `run` does. Default: none, the session is with the server itself. */
  readonly manager?: PluginManager;
  /** `serverId` of the hook calls. */
  readonly serverName?: string | undefined;
  readonly logger?: Logger;
}

/**
 * Starts an MCP server and opens a session with it, through the relay that `run` has when there are plugins.
 * @throws FrameworkError `SERVER_CALL_FAILED`
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const [program = '', ...args] = options.command;
  const upstream = new StdioClientTransport({
    command: program,
    args,
    cwd: options.terminal.cwd,
    inherit: 'all',
  });
  try {
    const transport =
      options.manager === undefined ? upstream : await guard(upstream, options.manager, options);
    const session = new McpSession(transport);
    await session.open(readVersion());
    return {
      session,
      async [Symbol.asyncDispose]() {
        await Promise.all([transport.close(), upstream.close()]);
      },
    };
  } catch (error) {
    const lastWords = upstream.lastStderrLines(5);
    await upstream.close();
    throw new FrameworkError<CliErrorCode>(
      'SERVER_CALL_FAILED',
      `the server ${program} cannot be used${lastWords === '' ? '' : `; its last words:\n${lastWords}`}`,
      { cause: error },
    );
  }
}

/** Starts a server behind plugins; answers with the client's end. */
async function guard(
  upstream: StdioClientTransport,
  manager: PluginManager,
  { command, serverName = path.basename(command[0] ?? ''), logger = silentLogger }: StartServerOptions,
): Promise<Transport> {
  const [client, relayEnd] = createMemoryTransports();
  const relay = new Relay({ client: relayEnd, upstream, manager, serverName, logger });
  upstream.onclose = () => {
    relay.close();
    void relayEnd.close();
  };
  await upstream.start();
  await relayEnd.start();
  return client;
}
