import {
  type RawTransport,
  SseClientTransport,
  StdioClientTransport,
  StreamableHttpClientTransport,
  type TlsClientOptions,
  WebSocketClientTransport,
} from '@mcpplugins/mcp-transport';
import type { NetworkServerSpec, ServerSpec, StdioServerSpec } from '../spec/server-spec.js';
import type { PeerTls } from '../spec/tls-files.js';
import type { ConnectionOptions } from './connection-options.js';

/** A transport, and what it can tell of a server that did not start. */
export interface PeerTransport {
  readonly transport: RawTransport;
  /** Whether messages come in one stream. */
  readonly isStream: boolean;
  /** Whether the server accepts or refuses each message on its own. */
  readonly acceptsEach: boolean;
  /** What the server has said last, outside of the protocol. */
  readonly lastWords: () => string;
}

/** Makes a transport to a server, not started yet. */
export function createTransport(spec: ServerSpec, options: ConnectionOptions): PeerTransport {
  const maxMessageBytes = spec.maxResponseBytes ?? options.maxResponseBytes;
  return spec.proto === 'STDIO'
    ? stdioTransport(spec, { ...options, maxMessageBytes })
    : networkTransport(spec, { connectTimeoutMs: options.startTimeoutMs, maxMessageBytes });
}

function stdioTransport(
  spec: StdioServerSpec & { readonly peer: string },
  options: ConnectionOptions & { readonly maxMessageBytes: number },
): PeerTransport {
  const transport = new StdioClientTransport({
    command: spec.command,
    args: spec.args,
    env: spec.env,
    cwd: spec.cwd,
    maxMessageBytes: options.maxMessageBytes,
    closeGraceMs: options.closeGraceMs,
  });
  transport.onstderr = (text) => options.logger.debug(`plugin server ${spec.peer}: ${text.trimEnd()}`);
  return {
    transport,
    isStream: true,
    acceptsEach: false,
    lastWords: () => {
      const { exit } = transport;
      const lines = transport.lastStderrLines(10);
      const how =
        exit === undefined
          ? ''
          : `it ended ${exit.signal === null ? `with exit code ${exit.code}` : `by ${exit.signal}`}`;
      const said = lines === '' ? '' : `its stderr ends with:\n${lines}`;
      return [how, said].filter((part) => part !== '').join('; ');
    },
  };
}

function networkTransport(
  { proto, url, headers, socketPath, tls }: NetworkServerSpec,
  limits: { readonly maxMessageBytes: number; readonly connectTimeoutMs: number },
): PeerTransport {
  const options = { url, headers, socketPath, tls: tls && tlsOptions(tls), ...limits };
  const isStream = proto !== 'STREAMABLEHTTP';
  const kind = { isStream, acceptsEach: proto !== 'WEBSOCKET', lastWords: (): string => '' };
  switch (proto) {
    case 'STREAMABLEHTTP':
      return { ...kind, transport: new StreamableHttpClientTransport(options) };
    case 'SSE':
      return { ...kind, transport: new SseClientTransport(options) };
    case 'WEBSOCKET':
      return { ...kind, transport: new WebSocketClientTransport(options) };
  }
}

function tlsOptions({ checksHostname, ca, ...tls }: PeerTls): TlsClientOptions {
  return {
    ...tls,
    ca: ca === undefined ? undefined : [...ca],
    minVersion: 'TLSv1.2',
    ...(checksHostname ? {} : { checkServerIdentity: () => undefined }),
  };
}
