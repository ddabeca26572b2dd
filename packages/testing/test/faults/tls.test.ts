import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerOptions } from 'node:https';
import { describe, expect, it } from 'vitest';
import { startHttpFaultServer, startSseFaultServer, startWebSocketFaultServer } from '../../src/index.js';
import { startHost } from '../support/start-host.js';

const directory = path.join(import.meta.dirname, '../fixtures/tls');
const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');

function serverTls(name: string, options: ServerOptions = {}): ServerOptions {
  const key = name.startsWith('chain') ? 'chained' : name;
  return { cert: read(`${name}.pem`), key: read(`${key}.key`), ...options };
}

const demandsClient: ServerOptions = {
  ca: read('authority.pem'),
  requestCert: true,
  rejectUnauthorized: true,
};
const trusts = { ca_bundle: 'authority.pem' };
const shows = (name: string) => ({ certfile: `${name}.pem`, keyfile: `${name}.key` });

describe('X22 TLS to a plugin server', () => {
  it.each([
    ['the right authority', 'server', trusts, {}],
    ['a chain that leads to that authority', 'chain', trusts, {}],
    ['a chain with another certificate in it', 'chain-with-others', trusts, {}],
    ['no check of the host name', 'wrong-host', { ...trusts, check_hostname: false }, {}],
    ['no check at all', 'self-signed', { verify: false }, {}],
    ['its own certificate as authority', 'self-signed', { ca_bundle: 'self-signed.pem' }, {}],
    [
      'the client certificate that the server wants',
      'server',
      { ...trusts, ...shows('client') },
      demandsClient,
    ],
    [
      'the client certificate under the names of the specification',
      'server',
      { ...trusts, client_cert: 'client.pem', client_key: 'client.key' },
      demandsClient,
    ],
  ])('works with %s', async (_, server, tls, options) => {
    await using peer = await startHttpFaultServer({ tls: serverTls(server, options) });
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: peer.url, tls }, { directory });
    expect((await host.call()).continueProcessing).toBe(true);
  });

  it.each([
    [
      'an authority that the host does not trust',
      'server',
      {},
      {},
      /UNABLE_TO_VERIFY|SELF_SIGNED|unable to/i,
    ],
    ['a chain without its middle', 'chained', trusts, {}, /UNABLE_TO|unable to/i],
    ['another authority', 'server', { ca_bundle: 'other-authority.pem' }, {}, /UNABLE_TO|unable to/i],
    ['a certificate that signs itself', 'self-signed', trusts, {}, /self-signed/i],
    ['a certificate that has expired', 'expired', trusts, {}, /expired/i],
    ['a certificate that does not hold yet', 'future', trusts, {}, /not yet valid/i],
    ['the certificate of another host', 'wrong-host', trusts, {}, /altnames|elsewhere/i],
    [
      'a wish for a client certificate that the host does not have',
      'server',
      trusts,
      demandsClient,
      /certificate/i,
    ],
    [
      'distrust in the client’s authority',
      'server',
      { ...trusts, ...shows('other-client') },
      demandsClient,
      /./,
    ],
    [
      'distrust in an expired client',
      'server',
      { ...trusts, ...shows('expired-client') },
      demandsClient,
      /expired/i,
    ],
    [
      'TLS 1.1 alone',
      'server',
      trusts,
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const,
      /protocol|version/i,
    ],
  ])('refuses %s, and says why', async (_, server, tls, options, message) => {
    await using peer = await startHttpFaultServer({ tls: serverTls(server, options) });
    await expect(startHost({ proto: 'STREAMABLEHTTP', url: peer.url, tls }, { directory })).rejects.toThrow(
      message,
    );
  });

  it.each([
    ['SSE', startSseFaultServer],
    ['WEBSOCKET', startWebSocketFaultServer],
  ] as const)('is the same over %s: both sides are checked', async (proto, start) => {
    await using peer = await start({ tls: serverTls('server', demandsClient) });
    const tls = { ...trusts, ...shows('client') };
    await using host = await startHost({ proto, url: peer.url, tls }, { directory });
    expect((await host.call()).continueProcessing).toBe(true);
    const refused = [
      { ...tls, ca_bundle: 'other-authority.pem' },
      { ...trusts, ...shows('other-client') },
      trusts,
    ];
    for (const wrong of refused) {
      await expect(startHost({ proto, url: peer.url, tls: wrong }, { directory })).rejects.toThrow(
        /did not start/,
      );
    }
    await using other = await start({ tls: serverTls('wrong-host') });
    await expect(startHost({ proto, url: other.url, tls: trusts }, { directory })).rejects.toThrow(
      /altnames/i,
    );
  });

  it('never falls back to plain HTTP', async () => {
    await using plain = await startHttpFaultServer();
    const url = plain.url.replace('http:', 'https:');
    await expect(startHost({ proto: 'STREAMABLEHTTP', url, tls: trusts }, { directory })).rejects.toThrow();
    expect(plain.requests).toEqual([]);
  });

  it('warns of a check that is switched off, and shows it in health', async () => {
    await using peer = await startHttpFaultServer({ tls: serverTls('self-signed') });
    const mcp = { proto: 'STREAMABLEHTTP', url: peer.url, tls: { verify: false } };
    await using host = await startHost(mcp, { directory });
    const warning = expect.stringContaining('the certificate of plugin server');
    expect(host.log).toContainEqual(warning);
    expect(host.manager.health()).toMatchObject([{ status: 'ready', warnings: [warning] }]);
  });

  it('takes its material from the environment when the block has none', async () => {
    await using peer = await startHttpFaultServer({ tls: serverTls('server', demandsClient) });
    const env = {
      PLUGINS_CLIENT_MTLS_CA_BUNDLE: 'authority.pem',
      PLUGINS_CLIENT_MTLS_CERTFILE: 'client.pem',
      PLUGINS_CLIENT_MTLS_KEYFILE: 'client.key',
    };
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: peer.url }, { directory, env });
    expect((await host.call()).continueProcessing).toBe(true);
  });
});
