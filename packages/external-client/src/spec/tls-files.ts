import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext, rootCertificates } from 'node:tls';
import { describeError } from '@mcpplugins/framework-core';
import { externalError } from '../errors/peer-error.js';

/** Where TLS material of a client is, as a configuration says it. */
export interface TlsFiles {
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly authorities: string | undefined;
  readonly passphrase: string | undefined;
  /** Whether the server's certificate is checked at all. */
  readonly verifies: boolean;
  readonly checksHostname: boolean;
}

/** TLS of one connection, read and ready. */
export interface PeerTls {
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** The system's authorities and those of the configuration. */
  readonly ca: readonly string[] | undefined;
  readonly passphrase: string | undefined;
  readonly rejectUnauthorized: boolean;
  readonly checksHostname: boolean;
}

/**
 * Reads the files and checks that certificate and key belong together.
 * @throws FrameworkError `PEER_TLS_INVALID`
 */
export function readTls(plugin: string, files: TlsFiles, directory: string): PeerTls {
  const read = (field: string, file: string | undefined): string | undefined => {
    if (file === undefined) return undefined;
    try {
      return readFileSync(path.resolve(directory, file), 'utf8');
    } catch (error) {
      throw externalError(
        'PEER_TLS_INVALID',
        `plugin "${plugin}": mcp.tls.${field} cannot be read: ${describeError(error)}`,
        error,
      );
    }
  };
  const authorities = read('ca_bundle', files.authorities);
  const tls: PeerTls = {
    cert: read('certfile', files.certificate),
    key: read('keyfile', files.key ?? files.certificate),
    ca: authorities === undefined ? undefined : [...rootCertificates, authorities],
    passphrase: files.passphrase,
    rejectUnauthorized: files.verifies,
    checksHostname: files.verifies && files.checksHostname,
  };
  check(plugin, tls, authorities);
  return tls;
}

function check(plugin: string, { cert, key, passphrase }: PeerTls, ca: string | undefined): void {
  try {
    createSecureContext({ cert, key, passphrase, ca });
  } catch (error) {
    throw externalError(
      'PEER_TLS_INVALID',
      `plugin "${plugin}": mcp.tls: certificate, key or authority cannot be used: ${describeError(error)}`,
      error,
    );
  }
  if (cert !== undefined) checkValidity(plugin, new X509Certificate(cert));
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw externalError('PEER_TLS_INVALID', `plugin "${plugin}": mcp.tls.ca_bundle has no certificate in it`);
  }
}

/** Servers refuse a certificate that does not hold, and seldom say why. */
function checkValidity(plugin: string, { validFrom, validTo }: X509Certificate): void {
  const now = Date.now();
  const problem =
    Date.parse(validTo) < now
      ? `has expired (${validTo})`
      : Date.parse(validFrom) > now
        ? `does not hold yet (before ${validFrom})`
        : undefined;
  if (problem === undefined) return;
  throw externalError(
    'PEER_TLS_INVALID',
    `plugin "${plugin}": the certificate of mcp.tls.certfile ${problem}`,
  );
}
