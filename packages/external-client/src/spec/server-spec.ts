import path from 'node:path';
import { type McpBlock, mcpBlockSchema } from '@mcpplugins/framework-core/wire';
import { externalError } from '../errors/peer-error.js';
import { commandOfScript } from './script-command.js';
import { type PeerTls, readTls, type TlsFiles } from './tls-files.js';

/** A plugin server that is started as a child process. */
export interface StdioServerSpec {
  readonly proto: 'STDIO';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** A plugin server at an address. */
export interface NetworkServerSpec {
  readonly proto: 'STREAMABLEHTTP' | 'SSE' | 'WEBSOCKET';
  readonly url: URL;
  readonly socketPath: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: PeerTls | undefined;
}

/** How to reach a plugin server. */
export type ServerSpec = (StdioServerSpec | NetworkServerSpec) & {
  /** For messages: the program or the address, without arguments and credentials. */
  readonly peer: string;
  /** Bytes that one answer may have, when the configuration says so. */
  readonly maxResponseBytes: number | undefined;
  /** Milliseconds before the first attempt to connect anew. */
  readonly reconnectDelayMs: number;
  /** Whether a call is made again when the server has forgotten the session. */
  readonly replays: boolean;
};

/** Where relative paths and variables of a configuration come from. */
export interface SpecContext {
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the `mcp` block of an external plugin. Relative paths start at the folder of the configuration.
 * @throws FrameworkError `PEER_CONFIG_INVALID`, `PEER_SCRIPT_REFUSED`, `PEER_TLS_INVALID`
 */
export function parseServerSpec(plugin: string, mcp: unknown, context: SpecContext): ServerSpec {
  const parsed = mcpBlockSchema.safeParse(mcp ?? {});
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path: at, message }) => `mcp.${at.join('.')}: ${message}`);
    throw externalError('PEER_CONFIG_INVALID', `plugin "${plugin}": ${issues.join('; ')}`);
  }
  const block = parsed.data;
  const common = {
    maxResponseBytes: block.max_response_bytes,
    reconnectDelayMs: (block.reconnect_delay ?? 0.1) * 1000,
    replays: (block.reconnect_attempts ?? 3) > 0,
  };
  return block.proto === 'STDIO'
    ? { ...common, ...stdioSpec(plugin, block, context) }
    : { ...common, ...networkSpec(plugin, block, block.proto, context) };
}

function stdioSpec(
  plugin: string,
  { script, cmd, args = [], env = {}, cwd }: McpBlock,
  { directory }: SpecContext,
): StdioServerSpec & { readonly peer: string } {
  const folder = path.resolve(directory, cwd ?? '.');
  const [command, ...more] = cmd ?? commandOfScript(plugin, script, { folder, root: directory });
  return {
    proto: 'STDIO',
    // A path is relative to the configuration, as everything in it; a bare name is looked up on the PATH.
    command: cmd !== undefined && /[/\\]/.test(command) ? path.resolve(folder, command) : command,
    args: [...more, ...args],
    env,
    cwd: folder,
    peer: `"${path.basename(script ?? command)}"`,
  };
}

function networkSpec(
  plugin: string,
  block: McpBlock,
  proto: NetworkServerSpec['proto'],
  context: SpecContext,
): NetworkServerSpec & { readonly peer: string } {
  if (block.url === undefined) {
    throw externalError('PEER_CONFIG_INVALID', `plugin "${plugin}": mcp.url is missing; ${proto} needs it`);
  }
  const url = new URL(block.url);
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
  const socketPath = block.uds === undefined ? undefined : path.resolve(context.directory, block.uds);
  const files = block.tls === undefined ? tlsOfEnvironment(plugin, context.env) : tlsOfBlock(block.tls);
  return {
    proto,
    url,
    socketPath,
    headers: {
      ...block.headers,
      ...(block.auth === undefined ? {} : { authorization: `Bearer ${block.auth.token}` }),
    },
    tls: isSecure ? readTls(plugin, files, context.directory) : undefined,
    peer:
      socketPath === undefined
        ? `${url.origin === 'null' ? url.host : url.origin}${url.pathname}`
        : socketPath,
  };
}

function tlsOfBlock(block: NonNullable<McpBlock['tls']>): TlsFiles {
  return {
    certificate: block.certfile ?? block.client_cert,
    key: block.keyfile ?? block.client_key,
    authorities: block.ca_bundle,
    passphrase: block.keyfile_password,
    verifies: block.verify ?? true,
    checksHostname: block.check_hostname ?? true,
  };
}

/** @see ContextForge's `PLUGINS_CLIENT_MTLS_*`; the specification writes `PLUGINS_MTLS_*`. */
function tlsOfEnvironment(plugin: string, env: SpecContext['env']): TlsFiles {
  const read = (name: string) => env[`PLUGINS_CLIENT_MTLS_${name}`] ?? env[`PLUGINS_MTLS_${name}`];
  return {
    certificate: read('CERTFILE') ?? env['PLUGINS_MTLS_CLIENT_CERT'],
    key: read('KEYFILE') ?? env['PLUGINS_MTLS_CLIENT_KEY'],
    authorities: read('CA_BUNDLE'),
    passphrase: read('KEYFILE_PASSWORD'),
    verifies: readSwitch(plugin, 'PLUGINS_CLIENT_MTLS_VERIFY', read('VERIFY')),
    checksHostname: readSwitch(plugin, 'PLUGINS_CLIENT_MTLS_CHECK_HOSTNAME', read('CHECK_HOSTNAME')),
  };
}

/** Anything but a clear "no" is an error or yes: a misspelt switch must not turn verification off. */
function readSwitch(plugin: string, name: string, value: string | undefined): boolean {
  if (value === undefined || /^(1|true|yes|on)$/i.test(value)) return true;
  if (/^(0|false|no|off)$/i.test(value)) return false;
  throw externalError('PEER_CONFIG_INVALID', `plugin "${plugin}": ${name} is neither true nor false`);
}
