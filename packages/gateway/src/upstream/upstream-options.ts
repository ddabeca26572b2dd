import type { InheritedEnvironment, TlsClientOptions } from '@mcpplugins/mcp-transport';
import type { ServerSettings } from '../settings/servers-schema.js';

/** A server as a configuration has it. */
export interface ConfiguredServer {
  readonly settings: ServerSettings;
  /** Folder of the configuration. */
  readonly directory: string;
}

/** What of a server is for plugins that look at servers. */
interface WithConfiguration {
  /** What the configuration says of it; `upstreamOptionsOf` sets it. Default: what the other options say. */
  readonly configured?: ConfiguredServer | undefined;
}

/** An MCP server that is started as a child process, one for each client session. */
export interface StdioUpstreamOptions extends WithConfiguration {
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which variables of our own it inherits. Default `safe`. */
  readonly inherit?: InheritedEnvironment | undefined;
  readonly cwd?: string | undefined;
  readonly closeGraceMs?: number | undefined;
}

/** An MCP server behind a URL, with one session of its own for each client session. */
export interface HttpUpstreamOptions extends WithConfiguration {
  readonly url: string | URL;
  /** Sent with every request: the gateway's own credentials. Nothing of the client's request is passed on. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: TlsClientOptions | undefined;
  readonly socketPath?: string | undefined;
  /** How it is spoken to: `http` is Streamable HTTP, `sse` the transport before it. Default: `ws` for `ws://` and `wss://`, else `http`. */
  readonly type?: 'http' | 'sse' | 'ws' | undefined;
}

/** Where a server is. */
export type UpstreamOptions = StdioUpstreamOptions | HttpUpstreamOptions;
