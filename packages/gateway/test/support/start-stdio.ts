import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { type HookHandlers, type Logger, silentLogger } from '@mcpplugins/framework-core';
import { type ReceivedMessage, StdioClientTransport, StdioServerTransport } from '@mcpplugins/mcp-transport';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { serveStdio, type ServeStdioOptions } from '../../src/stdio/serve-stdio.js';
import type { StdioGateway } from '../../src/stdio/stdio-gateway.js';
import { startManager } from './start-relay.js';

const require = createRequire(import.meta.url);

/** The entry file of one of the reference servers. */
export function serverFile(name: 'everything' | 'filesystem' | 'memory'): string {
  return require.resolve(`@modelcontextprotocol/server-${name}/dist/index.js`);
}

/** A running gateway whose standard streams the test holds. */
export interface StartedGateway {
  readonly gateway: StdioGateway;
  readonly stdin: PassThrough;
  readonly stdout: PassThrough;
  readonly logged: string[];
}

export async function startGateway(
  args: readonly string[],
  plugins: readonly HookHandlers[] = [],
  options: Partial<ServeStdioOptions> = {},
): Promise<StartedGateway> {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const logger: Logger = { ...silentLogger, info: log, warn: log, error: log };
  const gateway = await serveStdio({
    manager: await startManager(...plugins),
    serverName: 'test-server',
    command: process.execPath,
    args,
    logger,
    stdin,
    stdout,
    stderr: new PassThrough().resume(),
    closeGraceMs: 200,
    ...options,
  });
  return { gateway, stdin, stdout, logged };
}

/** An SDK client, and the texts that its transport received. */
export interface ConnectedClient {
  readonly client: Client;
  readonly texts: string[];
}

export const everyCapability: ClientCapabilities = {
  roots: { listChanged: true },
  sampling: {},
  elicitation: { form: {}, url: {} },
  tasks: { requests: { elicitation: { create: {} }, sampling: { createMessage: {} } } },
};

/** Connects an SDK client. `prepare` sets the handlers that must be there before the connection. */
export async function connectClient(
  transport: Transport & { onraw?: ((received: ReceivedMessage) => void) | undefined },
  capabilities: ClientCapabilities = {},
  prepare: (client: Client) => void = () => {},
): Promise<ConnectedClient> {
  const texts: string[] = [];
  const client = new Client({ name: 'test-client', version: '1.0.0' }, { capabilities });
  prepare(client);
  transport.onraw = ({ text, message }) => {
    texts.push(text);
    transport.onmessage?.(message);
  };
  await client.connect(transport);
  return { client, texts };
}

/** The client's end of a gateway's standard streams. */
export function clientEndOf({ stdin, stdout }: StartedGateway): StdioServerTransport {
  return new StdioServerTransport({ stdin: stdout, stdout: stdin });
}

/** A direct connection to a server, without a gateway. */
export function directEnd(args: readonly string[]): StdioClientTransport {
  return new StdioClientTransport({ command: process.execPath, args, inherit: 'all', closeGraceMs: 200 });
}
