import {
  type RawTransport,
  StdioClientTransport,
  StreamableHttpClientTransport,
  type TlsClientOptions,
} from '@mcpplugins/mcp-transport';
import { externalError } from '../errors/peer-error.js';
import type { NetworkServerSpec, ServerSpec, StdioServerSpec } from '../spec/server-spec.js';
import type { PeerTls } from '../spec/tls-files.js';
import type { ConnectionOptions } from './connection-options.js';

/** A transport, and what it can tell of a server that did not start. */
export interface PeerTransport {
  readonly transport: RawTransport;
  /** Whether messages come in one stream. */
  readonly isStream: boolean;
  /** What the server has said last, outside of the protocol. */
  readonly lastWords: () => string;
}

/** Makes a transport to a server, not started yet. @throws FrameworkError `PEER_CONFIG_INVALID` */
export function createTransport(spec: ServerSpec, options: ConnectionOptions): PeerTransport {
  if (spec.proto === 'STDIO') return stdioTransport(spec, options);
  if (spec.proto === 'STREAMABLEHTTP') return httpTransport(spec, options);
  throw externalError('PEER_CONFIG_INVALID', `mcp.proto: ${spec.proto} is not available; use STREAMABLEHTTP`);
}

function stdioTransport(
  spec: StdioServerSpec & { readonly peer: string },
  options: ConnectionOptions,
): PeerTransport {
  const transport = new StdioClientTransport({
    command: spec.command,
    args: spec.args,
    env: spec.env,
    cwd: spec.cwd,
    maxMessageBytes: options.maxResponseBytes,
    closeGraceMs: options.closeGraceMs,
  });
  transport.onstderr = (text) => options.logger.debug(`plugin server ${spec.peer}: ${text.trimEnd()}`);
  return {
    transport,
    isStream: true,
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

function httpTransport(spec: NetworkServerSpec, options: ConnectionOptions): PeerTransport {
  const transport = new StreamableHttpClientTransport({
    url: spec.url,
    headers: spec.headers,
    socketPath: spec.socketPath,
    tls: spec.tls && tlsOptions(spec.tls),
    maxMessageBytes: options.maxResponseBytes,
  });
  return { transport, isStream: false, lastWords: () => '' };
}

function tlsOptions({ checksHostname, ca, ...tls }: PeerTls): TlsClientOptions {
  return {
    ...tls,
    ca: ca === undefined ? undefined : [...ca],
    minVersion: 'TLSv1.2',
    ...(checksHostname ? {} : { checkServerIdentity: () => undefined }),
  };
}
