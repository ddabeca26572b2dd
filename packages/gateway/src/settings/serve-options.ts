import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import type { TlsClientOptions } from '@mcpplugins/mcp-transport';
import type { ServeHttpOptions } from '../http/serve-http.js';
import type { ConfiguredServer, UpstreamOptions } from '../upstream/upstream-options.js';
import type { GatewaySettings } from './gateway-schema.js';
import type { ServerSettings, ServersSettings } from './servers-schema.js';

/**
 * What `serveHttp` takes, from the sections `servers` and `gateway` of a configuration.
 * @param directory folder of the configuration: servers start there, and paths start from it
 * @throws FrameworkError `UPSTREAM_TLS_INVALID`
 */
export function serveOptionsOf(
  servers: ServersSettings,
  gateway: GatewaySettings,
  directory: string,
): Omit<ServeHttpOptions, 'manager'> {
  const {
    sessionIdleTimeout,
    drainTimeout,
    maxConcurrentCalls,
    maxConcurrentCallsPerSession,
    maxWaitingCalls,
    ...rest
  } = gateway;
  return {
    port: 8808,
    ...rest,
    ...(sessionIdleTimeout !== undefined && { sessionIdleMs: sessionIdleTimeout * 1000 }),
    ...(drainTimeout !== undefined && { drainMs: drainTimeout * 1000 }),
    limits: definedOnly({ maxConcurrentCalls, maxConcurrentCallsPerSession, maxWaitingCalls }),
    servers: upstreamOptionsOf(servers, directory),
  };
}

/** The servers of a configuration, as a gateway takes them. @throws FrameworkError `UPSTREAM_TLS_INVALID` */
export function upstreamOptionsOf(
  servers: ServersSettings,
  directory: string,
): Readonly<Record<string, UpstreamOptions>> {
  return Object.fromEntries(
    Object.entries(servers).map(([name, settings]) => [name, upstreamOf(name, { settings, directory })]),
  );
}

/** One server, as a gateway takes it. @throws FrameworkError `UPSTREAM_TLS_INVALID` */
export function upstreamOf(name: string, configured: ConfiguredServer): UpstreamOptions {
  const { settings: server, directory } = configured;
  const { command, args, env, cwd, url, headers, uds, tls, oauth, idleTimeout } = server;
  const common = {
    configured,
    idleTimeoutMs: idleTimeout === undefined ? undefined : idleTimeout * 1000,
  };
  if (command !== undefined)
    return { ...common, command, args, env, cwd: path.resolve(directory, cwd ?? '.') };
  return {
    ...common,
    url: String(url),
    headers,
    type: typeOf(server),
    socketPath: uds === undefined ? undefined : path.resolve(directory, uds),
    tls: tls === undefined ? undefined : readTls(name, tls, directory),
    oauth,
  };
}

function typeOf({ type, url = '' }: ServerSettings): 'http' | 'sse' | 'ws' {
  if (type === 'sse' || type === 'ws') return type;
  return url.startsWith('ws') ? 'ws' : 'http';
}

function readTls(
  server: string,
  tls: NonNullable<ServerSettings['tls']>,
  directory: string,
): TlsClientOptions {
  const read = (key: string, file: string | undefined): string | undefined => {
    if (file === undefined) return undefined;
    try {
      return readFileSync(path.resolve(directory, file), 'utf8');
    } catch (error) {
      throw new FrameworkError(
        'UPSTREAM_TLS_INVALID',
        `server "${server}": tls.${key} cannot be read: ${describeError(error)}`,
        { cause: error },
      );
    }
  };
  const ca = read('ca_bundle', tls.caBundle);
  return {
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    ...(tls.certfile !== undefined && {
      cert: read('certfile', tls.certfile),
      key: read('keyfile', tls.keyfile ?? tls.certfile),
    }),
    ...(tls.keyfilePassword !== undefined && { passphrase: tls.keyfilePassword }),
  };
}

function definedOnly<Value extends object>(value: Value): { [Key in keyof Value]: NonNullable<Value[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [Key in keyof Value]: NonNullable<Value[Key]>;
  };
}
