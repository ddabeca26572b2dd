import { z } from 'zod';
import { runtimeError } from '../errors/runtime-error.js';

const text = z.string().min(1);

/**
 * The section `server_settings` of a plugin server's configuration, in TypeScript spelling; ContextForge's keys and ours.
 * Hand it to `loadConfig` as the schema of that section.
 */
export const serverSettingsSchema = z.strictObject({
  host: text.describe('Name or address to listen on. Default: 127.0.0.1.').optional(),
  port: z.int().min(0).max(65_535).describe('0 takes any free one. Default: 8000.').optional(),
  uds: text.describe('A unix socket to listen on in place of host and port; for its user only.').optional(),
  tls: z
    .strictObject({
      certfile: text.describe('Certificate of the server, PEM.'),
      keyfile: text.describe('Key of the certificate, PEM.'),
      caBundle: text.describe('Certificates that those of clients are checked against.').optional(),
      keyfilePassword: text.describe('Password of the key.').optional(),
      sslCertReqs: z
        .int()
        .min(0)
        .max(2)
        .describe('Client certificates: 0 not asked for, 1 checked if there is one, 2 required. Default: 2.')
        .optional(),
    })
    .describe('TLS; `/health` then is plain HTTP on port + 1000.')
    .optional(),
  auth: z
    .strictObject({
      type: z.literal('bearer').describe('Expected as `Authorization: Bearer`.'),
      token: text.describe('Best from `${file:…}` or a variable.'),
    })
    .describe('A token that every client must send.')
    .optional(),
  allowedHosts: z
    .array(text)
    .describe(
      'Host names that requests may be addressed to, besides those of this machine for itself; `*`: any. Default: none on loopback, otherwise `*`.',
    )
    .optional(),
  allowedOrigins: z
    .array(text)
    .describe('Origins of web pages that may use the server. Default: none.')
    .optional(),
  path: z.string().startsWith('/').describe('Path of the endpoint. Default: /mcp.').optional(),
  stateless: z
    .boolean()
    .describe('No sessions: every request stands by itself and any instance may answer it. Default: false.')
    .optional(),
  maxMessageBytes: z
    .int()
    .positive()
    .describe('Bytes that one message may have. Default: 20971520.')
    .optional(),
  maxConcurrentCalls: z
    .int()
    .positive()
    .describe('Calls at a time, of all clients together. Default: 1024.')
    .optional(),
  drainTimeout: z
    .number()
    .nonnegative()
    .describe('Seconds that calls under way get when the server is stopped. Default: 10.')
    .optional(),
});

/** `server_settings` as a program writes it. */
export type ServerSettingsInput = z.input<typeof serverSettingsSchema>;

/** Client certificates: not asked for, checked if there is one, required. */
export type ClientCertificates = 'none' | 'optional' | 'required';

/** Settings of a plugin server with every default filled in. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly uds: string | undefined;
  readonly tls:
    | {
        readonly certfile: string;
        readonly keyfile: string;
        readonly caBundle: string | undefined;
        readonly keyfilePassword: string | undefined;
        readonly clientCertificates: ClientCertificates;
      }
    | undefined;
  readonly token: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly path: string;
  readonly stateless: boolean;
  readonly maxMessageBytes: number;
  readonly maxConcurrentCalls: number;
  readonly drainTimeoutMs: number;
}

const certificates: readonly ClientCertificates[] = ['none', 'optional', 'required'];

/**
 * Checks settings and fills in the defaults.
 * @throws FrameworkError `SERVER_SETTINGS_INVALID`
 */
export function resolveServerSettings(input: ServerSettingsInput = {}): ServerSettings {
  const parsed = serverSettingsSchema.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw runtimeError('SERVER_SETTINGS_INVALID', `server_settings: ${issues.join('; ')}`);
  }
  const { data } = parsed;
  if (data.uds !== undefined && data.tls !== undefined) {
    throw runtimeError('SERVER_SETTINGS_INVALID', 'server_settings: tls does not go with uds');
  }
  const host = data.host ?? '127.0.0.1';
  return {
    host,
    port: data.port ?? 8000,
    uds: data.uds,
    tls: data.tls && {
      certfile: data.tls.certfile,
      keyfile: data.tls.keyfile,
      caBundle: data.tls.caBundle,
      keyfilePassword: data.tls.keyfilePassword,
      clientCertificates: certificates[data.tls.sslCertReqs ?? 2] ?? 'required',
    },
    token: data.auth?.token,
    allowedHosts: data.allowedHosts ?? defaultHosts(host),
    allowedOrigins: data.allowedOrigins ?? [],
    path: data.path ?? '/mcp',
    stateless: data.stateless ?? false,
    maxMessageBytes: data.maxMessageBytes ?? 20_971_520,
    maxConcurrentCalls: data.maxConcurrentCalls ?? 1024,
    drainTimeoutMs: (data.drainTimeout ?? 10) * 1000,
  };
}

/** A server for other machines is known by names that it cannot know; pages of web sites are kept out by their origin. */
function defaultHosts(host: string): readonly string[] {
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return isLoopback ? [] : ['*'];
}
