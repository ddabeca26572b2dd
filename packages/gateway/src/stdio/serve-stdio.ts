import type { Readable, Writable } from 'node:stream';
import { FrameworkError, type Logger, silentLogger } from '@mcpplugins/framework-core';
import {
  type InheritedEnvironment,
  type LineTransportOptions,
  StdioClientTransport,
  StdioServerTransport,
} from '@mcpplugins/mcp-transport';
import type { HookHost } from '../relay/session.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import { StdioGateway } from './stdio-gateway.js';

/** What `serveStdio` takes. */
export interface ServeStdioOptions extends LineTransportOptions {
  /** Runs the plugins. Start it with `fires: gatewayHooks`. It is not shut down here. */
  readonly manager: HookHost;
  /** The host's name for the server: `serverId` of every hook call. */
  readonly serverName: string;
  /** What a blocked tool call is answered with: `result`, with `isError`, which models read, or `error`. Default `result`. */
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  /** The program of the server, found on the PATH. No shell is involved. */
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  /** Variables that the server gets besides those that it inherits. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /**
   * Which variables of our own the server inherits. Default `all`: whoever configured this command as a server meant its
   * environment for the server behind it.
   */
  readonly inherit?: InheritedEnvironment | undefined;
  readonly cwd?: string | undefined;
  readonly logger?: Logger | undefined;
  /** Where the client writes. Default `process.stdin`. */
  readonly stdin?: Readable | undefined;
  /** Where the client reads. Default `process.stdout`; nothing else may write to it. */
  readonly stdout?: Writable | undefined;
  /** Where the server's stderr goes. Default `process.stderr`. */
  readonly stderr?: Writable | undefined;
  /** Milliseconds that the server gets after the end of its stdin, and again after SIGTERM. Default 2000. */
  readonly closeGraceMs?: number | undefined;
  /** Milliseconds that requests get to be answered after the client closed our stdin. Default 5000. */
  readonly drainMs?: number | undefined;
}

/**
 * Puts plugins between a client on our standard streams and one MCP server, which is started as a child process.
 *
 * @example
 * const gateway = await serveStdio({ manager, serverName: 'files', command: 'npx', args: ['-y', 'some-server'] });
 * process.exitCode = (await gateway.closed).exitCode;
 * @throws FrameworkError `UPSTREAM_START_FAILED`
 */
export async function serveStdio(options: ServeStdioOptions): Promise<StdioGateway> {
  const {
    command,
    args,
    env,
    cwd,
    closeGraceMs,
    inherit = 'all',
    maxMessageBytes,
    maxBufferedCharacters,
  } = options;
  const limits = { maxMessageBytes, maxBufferedCharacters };
  const upstream = new StdioClientTransport({ ...limits, command, args, env, cwd, closeGraceMs, inherit });
  const client = new StdioServerTransport({ ...limits, stdin: options.stdin, stdout: options.stdout });
  const gateway = new StdioGateway({
    client,
    upstream,
    manager: options.manager,
    serverName: options.serverName,
    blockedToolCalls: options.blockedToolCalls,
    logger: options.logger ?? silentLogger,
    stderr: options.stderr ?? process.stderr,
    drainMs: options.drainMs ?? 5000,
  });
  try {
    await upstream.start();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new FrameworkError('UPSTREAM_START_FAILED', `server "${options.serverName}": ${problem}`, {
      cause: error,
    });
  }
  await client.start();
  return gateway;
}
