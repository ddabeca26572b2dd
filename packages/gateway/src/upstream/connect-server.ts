import { type RawTransport, TransportError } from '@mcpplugins/mcp-transport';
import { createUpstream } from './create-upstream.js';
import type { UpstreamLoginOptions } from './oauth/upstream-login.js';
import type { UpstreamOptions } from './upstream-options.js';

/** A connection to one MCP server, without plugins and for one's own use. */
export interface ServerConnection {
  /** Not started yet. */
  readonly transport: RawTransport;
  /** Ends the connection, and the server if it was started for it. */
  readonly close: () => Promise<void>;
}

/** Connects to a server as the gateway does: to find out what it has. */
export function connectServer(
  name: string,
  options: UpstreamOptions,
  login?: UpstreamLoginOptions,
): ServerConnection {
  const upstream = createUpstream(name, options, { login });
  const transport = upstream.connect(() => {}, { sessionId: undefined, identity: undefined });
  return {
    transport,
    async close() {
      try {
        await transport.close();
      } catch (error) {
        // A server that never started has nothing to be closed.
        if (!TransportError.is(error)) throw error;
      } finally {
        upstream.close();
      }
    },
  };
}
