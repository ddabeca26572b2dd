import { readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { describeError } from '@mcpplugins/framework-core';
import { runtimeError } from '../errors/runtime-error.js';
import type { ServerSettings } from '../settings/server-settings.js';

/**
 * Reads the files of a server's TLS and checks that they can be used.
 * @throws FrameworkError `SERVER_TLS_INVALID`
 */
export function readServerTls(tls: NonNullable<ServerSettings['tls']>): ServerOptions {
  const read = (field: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      const why = `server_settings.tls.${field} cannot be read: ${describeError(error)}`;
      throw runtimeError('SERVER_TLS_INVALID', why, error);
    }
  };
  const wants = tls.clientCertificates;
  if (wants !== 'none' && tls.caBundle === undefined) {
    throw runtimeError(
      'SERVER_TLS_INVALID',
      'server_settings.tls: client certificates are asked for, but ca_bundle does not say whose; write ssl_cert_reqs: 0 to ask for none',
    );
  }
  const options = {
    cert: read('certfile', tls.certfile),
    key: read('keyfile', tls.keyfile),
    ca: tls.caBundle === undefined ? undefined : read('ca_bundle', tls.caBundle),
    passphrase: tls.keyfilePassword,
    minVersion: 'TLSv1.2' as const,
  };
  try {
    createSecureContext(options);
  } catch (error) {
    const why = `server_settings.tls: certificate, key or authority cannot be used: ${describeError(error)}`;
    throw runtimeError('SERVER_TLS_INVALID', why, error);
  }
  return { ...options, requestCert: wants !== 'none', rejectUnauthorized: wants !== 'none' };
}
