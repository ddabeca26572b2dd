import {
  HttpPool,
  type LineTransportOptions,
  type RawTransport,
  StdioClientTransport,
  StreamableHttpClientTransport,
} from '@mcpplugins/mcp-transport';
import type { UpstreamOptions } from './upstream-options.js';

/** Makes transports to one server. */
export interface Upstream {
  readonly name: string;
  /** A new connection, not yet started. */
  connect(onStderr: (text: string) => void): RawTransport;
  /** Says how a connection ended, for people. */
  describeEnd(transport: RawTransport): string;
  /** Lets go of what the connections share. */
  close(): void;
}

/** Makes an upstream from what the configuration says of it. */
export function createUpstream(
  name: string,
  options: UpstreamOptions,
  limits: LineTransportOptions,
): Upstream {
  if ('url' in options) {
    const pool = new HttpPool({
      url: new URL(options.url),
      tls: options.tls,
      socketPath: options.socketPath,
    });
    return {
      name,
      connect: () =>
        new StreamableHttpClientTransport({ ...options, pool, maxMessageBytes: limits.maxMessageBytes }),
      describeEnd: () => `server "${name}" ended the session`,
      close: () => pool.close(),
    };
  }
  return {
    name,
    connect: (onStderr) => {
      const transport = new StdioClientTransport({ ...limits, ...options });
      transport.onstderr = onStderr;
      return transport;
    },
    describeEnd: (transport) => describeProcessEnd(name, transport),
    close: () => {},
  };
}

/** How the process of a server ended. */
export function describeProcessEnd(name: string, transport: RawTransport): string {
  const { code, signal } = (transport instanceof StdioClientTransport && transport.exit) || {
    code: null,
    signal: null,
  };
  if (signal !== null) return `server "${name}" was ended by ${signal}`;
  return `server "${name}" ended${code === null ? '' : ` with exit code ${code}`}`;
}
