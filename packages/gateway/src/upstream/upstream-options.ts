import type { InheritedEnvironment, TlsClientOptions } from '@mcpplugins/mcp-transport';
import type { UpstreamOAuthOptions } from './oauth/oauth-options.js';

/** An MCP server that is started as a child process, one for each client session. */
export interface StdioUpstreamOptions {
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which variables of our own it inherits. Default `safe`. */
  readonly inherit?: InheritedEnvironment | undefined;
  readonly cwd?: string | undefined;
  readonly closeGraceMs?: number | undefined;
}

/** An MCP server behind a URL, with one session of its own for each client session. */
export interface HttpUpstreamOptions {
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
