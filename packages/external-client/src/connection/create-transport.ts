import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  type RawTransport,
  StdioClientTransport,
  StreamableHttpClientTransport,
} from '@mcpplugins/mcp-transport';
import { externalError } from '../errors/peer-error.js';
import type { NetworkServerSpec, ServerSpec, StdioServerSpec } from '../spec/server-spec.js';
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
  const agent = createAgent(spec);
  const transport = new StreamableHttpClientTransport({
    url: spec.url,
    headers: spec.headers,
    socketPath: spec.socketPath,
    agent,
    maxMessageBytes: options.maxResponseBytes,
  });
  const close = transport.close.bind(transport);
  transport.close = async () => {
    await close();
    agent.destroy();
  };
  return { transport, isStream: false, lastWords: () => '' };
}

const agentOptions = { keepAlive: true, keepAliveMsecs: 10_000, scheduling: 'lifo' } as const;

/** Connections of one transport. Kept alive with probes, so that a peer that vanished is noticed. */
function createAgent({ url, tls }: NetworkServerSpec): HttpAgent | HttpsAgent {
  if (url.protocol !== 'https:') return new HttpAgent(agentOptions);
  if (tls === undefined) return new HttpsAgent(agentOptions);
  const { checksHostname, cert, key, ca, passphrase, rejectUnauthorized } = tls;
  return new HttpsAgent({
    ...agentOptions,
    cert,
    key,
    ca: ca === undefined ? undefined : [...ca],
    passphrase,
    rejectUnauthorized,
    minVersion: 'TLSv1.2',
    ...(checksHostname ? {} : { checkServerIdentity: () => undefined }),
  });
}
