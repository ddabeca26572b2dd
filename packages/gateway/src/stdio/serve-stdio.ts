import type { Readable, Writable } from 'node:stream';
import { FrameworkError, type Logger, silentLogger } from '@mcpplugins/framework-core';
import { type LineTransportOptions, StdioServerTransport } from '@mcpplugins/mcp-transport';
import type { HookHost } from '../relay/session.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import type { UpstreamLoginOptions } from '../upstream/oauth/upstream-login.js';
import { createUpstream } from '../upstream/create-upstream.js';
import type {
  HttpUpstreamOptions,
  StdioUpstreamOptions,
  UpstreamOptions,
} from '../upstream/upstream-options.js';
import { StdioGateway } from './stdio-gateway.js';

/** What `serveStdio` takes besides the server. */
interface ServeStdioRules extends LineTransportOptions {
  /** Runs the plugins. Start it with `fires: gatewayHooks`. It is not shut down here. */
  readonly manager: HookHost;
  /** The host's name for the server: `serverId` of every hook call. */
  readonly serverName: string;
  /** What a blocked tool call is answered with: `result`, with `isError`, which models read, or `error`. Default `result`. */
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  readonly logger?: Logger | undefined;
  /** How it logs in at a server that has `oauth`. */
  readonly login?: UpstreamLoginOptions | undefined;
  /** Where the client writes. Default `process.stdin`. */
  readonly stdin?: Readable | undefined;
  /** Where the client reads. Default `process.stdout`; nothing else may write to it. */
  readonly stdout?: Writable | undefined;
  /** Where the server's stderr goes. Default `process.stderr`. */
  readonly stderr?: Writable | undefined;
  /** Milliseconds that requests get to be answered after the client closed our stdin. Default 5000. */
  readonly drainMs?: number | undefined;
}

/**
 * What `serveStdio` takes: rules, and the server. One that is started inherits all of our environment unless `inherit` says otherwise:
 * whoever configured this command as a server meant its environment for the server behind it.
 */
export type ServeStdioOptions = ServeStdioRules & (StdioUpstreamOptions | HttpUpstreamOptions);

/**
 * Puts plugins between a client on our standard streams and one MCP server: a child process, or one behind a URL.
 *
 * @example
 * const gateway = await serveStdio({ manager, serverName: 'files', command: 'npx', args: ['-y', 'some-server'] });
 * process.exitCode = (await gateway.closed).exitCode;
 * @throws FrameworkError `UPSTREAM_START_FAILED`
 * @example
 * await serveStdio({ manager, serverName: 'search', url: 'https://search.example/mcp' });
 */
export async function serveStdio(options: ServeStdioOptions): Promise<StdioGateway> {
  const { manager, serverName, blockedToolCalls, logger = silentLogger, stderr = process.stderr } = options;
  const limits = {
    maxMessageBytes: options.maxMessageBytes,
    maxBufferedCharacters: options.maxBufferedCharacters,
  };
  const login = { logger, ...options.login };
  const server = createUpstream(serverName, serverOf(options), { ...limits, login });
  const client = new StdioServerTransport({ ...limits, stdin: options.stdin, stdout: options.stdout });
  const gateway = new StdioGateway({
    client,
    server,
    manager,
    blockedToolCalls,
    logger,
    stderr,
    drainMs: options.drainMs ?? 5000,
  });
  try {
    await gateway.start();
  } catch (error) {
    server.close();
    const problem = error instanceof Error ? error.message : String(error);
    throw new FrameworkError('UPSTREAM_START_FAILED', `server "${serverName}": ${problem}`, {
      cause: error,
    });
  }
  return gateway;
}

function serverOf(options: ServeStdioOptions): UpstreamOptions {
  return 'url' in options ? options : { ...options, inherit: options.inherit ?? 'all' };
}
