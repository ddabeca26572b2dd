import {
  type HttpAddress,
  HttpPool,
  type LineTransportOptions,
  type RawTransport,
  StdioClientTransport,
  WebSocketClientTransport,
} from '@mcpplugins/mcp-transport';
import type { Identity } from '../auth/identity.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import type { HttpClientFacts } from '../relay/session.js';
import type { CallObserver } from '../operations/call-end.js';
import { aroundBoth } from './around-both.js';
import { createHttpTransport } from './http-transport.js';
import { UpstreamLogin, type UpstreamLoginOptions } from './oauth/upstream-login.js';
import type { UpstreamHealth } from './upstream-health.js';
import type { HttpUpstreamOptions, UpstreamOptions } from './upstream-options.js';

/** Whose session a connection is for. */
export interface UpstreamSession {
  readonly sessionId: string | undefined;
  readonly identity: Identity | undefined;
  readonly httpClient?: HttpClientFacts | undefined;
  readonly onCallEnd?: CallObserver | undefined;
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  /** What goes around the HTTP requests of the connection. */
  readonly forwarding?: Pick<HttpAddress, 'around' | 'isAroundNeeded'> | undefined;
}

/** Makes transports to one server. */
export interface Upstream {
  readonly name: string;
  /** A new connection, not yet started, for a session of a client. */
  connect(onStderr: (text: string) => void, session: UpstreamSession): RawTransport;
  /** Plugins run behind it, one server at a time: whoever relays to it runs none. */
  readonly guardsItself?: boolean | undefined;
  /** Where connections to it are accounted for. Undefined: nobody asks. */
  readonly health?: UpstreamHealth | undefined;
  /** Milliseconds without use after which a session with it ends. Undefined: it does not end for that. */
  readonly idleTimeoutMs?: number | undefined;
  /** Says how a connection ended, for people. */
  describeEnd(transport: RawTransport): string;
  /** Lets go of what the connections share. */
  close(): void;
}

/** What every upstream of a gateway is made with. */
export interface UpstreamContext extends LineTransportOptions {
  readonly login?: UpstreamLoginOptions | undefined;
}

/** Makes an upstream from what the configuration says of it. */
export function createUpstream(
  name: string,
  options: UpstreamOptions,
  { login, ...limits }: UpstreamContext,
): Upstream {
  if ('url' in options) return createNetworkUpstream(name, options, { login, ...limits });
  const { configured: _configured, ...process } = options;
  return {
    name,
    connect: (onStderr) => {
      const transport = new StdioClientTransport({ ...limits, ...process });
      transport.onstderr = onStderr;
      return transport;
    },
    describeEnd: (transport) => describeProcessEnd(name, transport),
    close: () => {},
  };
}

function createNetworkUpstream(
  name: string,
  server: HttpUpstreamOptions,
  { maxMessageBytes, maxBufferedCharacters, login: loginOptions = {} }: UpstreamContext,
): Upstream {
  const { type, oauth, configured: _configured, ...address } = server;
  const describeEnd = (): string => `server "${name}" ended the session`;
  if ((type ?? (/^wss?:/i.test(String(address.url)) ? 'ws' : 'http')) === 'ws') {
    const options = { ...address, maxMessageBytes, maxBufferedBytes: maxBufferedCharacters };
    return {
      name,
      connect: (_onStderr, { forwarding }) => new WebSocketClientTransport({ ...options, ...forwarding }),
      describeEnd,
      close: () => {},
    };
  }
  const { url, tls, socketPath } = address;
  const pool = new HttpPool({ url: new URL(url), tls, socketPath });
  const login = oauth && new UpstreamLogin({ name, url, oauth }, loginOptions);
  return {
    name,
    connect: (_onStderr, { forwarding }) =>
      createHttpTransport(server, { pool, maxMessageBytes, ...aroundBoth(forwarding, login?.around) }),
    describeEnd,
    close: () => {
      login?.close();
      pool.close();
    },
  };
}

/** How the process of a server ended. */
function describeProcessEnd(name: string, transport: RawTransport): string {
  const { code, signal } = (transport instanceof StdioClientTransport && transport.exit) || {
    code: null,
    signal: null,
  };
  if (signal !== null) return `server "${name}" was ended by ${signal}`;
  return `server "${name}" ended${code === null ? '' : ` with exit code ${code}`}`;
}

/** What the process of a server said last on stderr, up to five lines; empty for servers of another kind. */
export function lastWordsOf(transport: RawTransport): string {
  return transport instanceof StdioClientTransport ? transport.lastStderrLines(5) : '';
}
