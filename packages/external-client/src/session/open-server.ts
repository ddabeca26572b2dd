import { silentLogger } from '@mcpplugins/framework-core';
import type { MessageBody } from '@mcpplugins/mcp-transport';
import { connectionDefaults, type ConnectionOptions } from '../connection/connection-options.js';
import { createTransport } from '../connection/create-transport.js';
import { externalError, toPeerError } from '../errors/peer-error.js';
import { parseServerSpec, type SpecContext } from '../spec/server-spec.js';
import { clientVersion } from '../version.js';
import { McpSession } from './mcp-session.js';

/** An MCP session with a server, whatever server it is. */
export interface OpenServer extends AsyncDisposable {
  /** Asks and waits for the result. @throws FrameworkError, or what aborted `signal` */
  request(method: string, params: MessageBody, signal: AbortSignal): Promise<MessageBody>;
  /** Names of all tools. @throws FrameworkError */
  listTools(signal: AbortSignal): Promise<readonly string[]>;
  /** What the server said or did that the protocol does not allow, so far. */
  readonly complaints: readonly string[];
  /** Ends the session, and the server if it was started. */
  close(): Promise<void>;
}

/** What `openServer` takes. */
export interface OpenServerOptions extends SpecContext {
  /** The `mcp` block that says how to reach the server. */
  readonly mcp: Readonly<Record<string, unknown>>;
  readonly limits?: Partial<ConnectionOptions> | undefined;
}

/**
 * Starts or reaches a server and opens a session, without asking whether it is a plugin server: for tools that look at one.
 * @throws FrameworkError `PEER_CONFIG_INVALID`, `PEER_SCRIPT_REFUSED`, `PEER_TLS_INVALID`, `PEER_START_FAILED`
 */
export async function openServer({ mcp, limits, ...context }: OpenServerOptions): Promise<OpenServer> {
  const options = { logger: silentLogger, ...connectionDefaults, ...limits };
  const spec = parseServerSpec('server', mcp, context);
  const { transport, lastWords, ...kind } = createTransport(spec, options);
  const complaints: string[] = [];
  const session = new McpSession(transport, {
    peer: spec.peer,
    maxDepth: options.maxDepth,
    ...kind,
    onEnd: () => {},
    onComplaint: (error) => void complaints.push(error.message),
  });
  try {
    await session.open(clientVersion, AbortSignal.timeout(options.startTimeoutMs));
  } catch (error) {
    const failure = toPeerError(spec.peer, error);
    await session.close(failure);
    const words = lastWords();
    throw externalError(
      'PEER_START_FAILED',
      [failure.message, words].filter((text) => text !== '').join('; '),
      error,
    );
  }
  const close = (): Promise<void> => session.close();
  return {
    request: (method, params, signal) => session.request(method, params, signal),
    listTools: (signal) => session.listTools(signal),
    complaints,
    close,
    [Symbol.asyncDispose]: close,
  };
}
