import type { InheritedEnvironment, TlsClientOptions } from '@mcpplugins/mcp-transport';
import type { ServerSettings } from '../settings/servers-schema.js';
import type { UpstreamOAuthOptions } from './oauth/oauth-options.js';

/** A server as a configuration has it. */
export interface ConfiguredServer {
  readonly settings: ServerSettings;
  /** Folder of the configuration. */
  readonly directory: string;
}

/** What holds for a server wherever it is. */
interface AnyUpstreamOptions {
  /**
   * Milliseconds after which a session that the client does not use ends, and with it the server that was started for it: the
   * client has to open a new one. Among merged servers, only one that the session has not used yet is stopped, and it
   * is started again when it is needed. Default: it stays until the session ends.
   */
  readonly idleTimeoutMs?: number | undefined;
  /** What the configuration says of it, for plugins that look at servers; `upstreamOptionsOf` sets it. Default: what the other options say. */
  readonly configured?: ConfiguredServer | undefined;
}

/** An MCP server that is started as a child process, one for each client session. */
export interface StdioUpstreamOptions extends AnyUpstreamOptions {
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which variables of our own it inherits. Default `safe`. */
  readonly inherit?: InheritedEnvironment | undefined;
  readonly cwd?: string | undefined;
  readonly closeGraceMs?: number | undefined;
}

/** An MCP server behind a URL, with one session of its own for each client session. */
export interface HttpUpstreamOptions extends AnyUpstreamOptions {
  readonly url: string | URL;
  /** Sent with every request: the gateway's own credentials. Nothing of the client's request is passed on. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: TlsClientOptions | undefined;
  readonly socketPath?: string | undefined;
  /** How it is spoken to: `http` is Streamable HTTP, `sse` the transport before it. Default: `ws` for `ws://` and `wss://`, else `http`. */
  readonly type?: 'http' | 'sse' | 'ws' | undefined;
  /** It asks for OAuth, and tokens are had this way. Not over WebSocket, nor with a header `authorization`. */
  readonly oauth?: UpstreamOAuthOptions | undefined;
}

/** Where a server is. */
export type UpstreamOptions = StdioUpstreamOptions | HttpUpstreamOptions;
