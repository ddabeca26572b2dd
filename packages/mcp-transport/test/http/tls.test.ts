import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { TlsClientOptions } from '../../src/http/client/http-client-options.js';
import { StreamableHttpClientTransport } from '../../src/http/client/streamable-http-client-transport.js';

const read = (name: string): Buffer => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
const [ca, cert, key] = [read('ca'), read('client'), read('client-key')];

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

/** What a request over TLS comes to: its answer, or the code of the error. */
async function ask(tls: TlsClientOptions, host = 'localhost'): Promise<unknown> {
  const options = {
    cert: read('server'),
    key: read('server-key'),
    ca,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const started = createServer(options, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"jsonrpc":"2.0","id":1,"result":{"ok":true}}');
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  const transport = new StreamableHttpClientTransport({ url: `https://${host}:${port}/mcp`, tls });
  const outcome = new Promise<unknown>((resolve) => {
    transport.onraw = ({ message }) => resolve((message as { result?: unknown }).result);
    transport.onerror = (error) => resolve(error.message);
  });
  await transport.start();
  transport.sendText('{"jsonrpc":"2.0","id":1,"method":"m"}', { requestId: 1 });
  const result = await outcome;
  await transport.close();
  return result;
}

describe('a server over TLS', () => {
  it('is asked with a client certificate', async () => {
    expect(await ask({ ca, cert, key })).toEqual({ ok: true });
  });

  it('is not asked when its certificate is not trusted', async () => {
    expect(await ask({ cert, key })).toMatch(/certificate/);
  });

  it('is not asked under a name that its certificate does not have', async () => {
    expect(await ask({ ca, cert, key }, '127.0.0.1')).toMatch(/altnames/);
  });

  it('refuses a client without a certificate', async () => {
    expect(await ask({ ca })).toMatch(/failed/);
  });
});
