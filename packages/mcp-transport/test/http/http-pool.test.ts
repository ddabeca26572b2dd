import { createServer as createHttpServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpPool } from '../../src/http/client/http-pool.js';
import { StreamableHttpClientTransport } from '../../src/http/client/streamable-http-client-transport.js';
import { closeServers, listen } from '../support/listen.js';

afterEach(closeServers);

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server that answers each request with its id, and tells how many connections it has had. */
async function startCounting(): Promise<{ url: URL; sockets: Socket[]; requests: string[] }> {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const { url, server } = await listen((request, response) => {
    void readText(request).then((body) => {
      requests.push(body);
      const { id } = JSON.parse(body) as { id: number };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
    });
  });
  server.on('connection', (socket) => sockets.push(socket));
  return { url, sockets, requests };
}

async function connect(
  url: URL,
  pool?: HttpPool,
): Promise<{ ask: (id: number) => void; ids: unknown[]; errors: unknown[] }> {
  const transport = new StreamableHttpClientTransport({ url, pool });
  open.push(transport);
  const ids: unknown[] = [];
  const errors: unknown[] = [];
  transport.onraw = ({ message }) => ids.push((message as { id?: unknown }).id);
  transport.onerror = (error) => errors.push(error);
  await transport.start();
  const ask = (id: number): void =>
    void transport.sendText(`{"jsonrpc":"2.0","id":${id},"method":"m"}`, { requestId: id });
  return { ask, ids, errors };
}

describe('HttpPool', () => {
  it('uses one connection for requests after each other, also of several transports', async () => {
    const { url, sockets } = await startCounting();
    const pool = new HttpPool({ url });
    open.push(pool);
    const clients = [await connect(url, pool), await connect(url, pool)];
    for (let id = 0; id < 6; id++) {
      const client = clients[id % 2];
      client?.ask(id);
      await expect.poll(() => client?.ids.includes(id)).toBe(true);
    }
    expect(sockets).toHaveLength(1);
  });

  it('uses several for requests at the same time, and answers each', async () => {
    const { url, sockets } = await startCounting();
    const client = await connect(url);
    for (let id = 0; id < 10; id++) client.ask(id);
    await expect.poll(() => client.ids.length).toBe(10);
    expect(new Set(client.ids).size).toBe(10);
    expect(sockets.length).toBeGreaterThan(1);
  });

  it('opens a new connection when the server has closed the idle one, and sends nothing twice', async () => {
    const { url, sockets, requests } = await startCounting();
    const client = await connect(url);
    client.ask(1);
    await expect.poll(() => client.ids).toEqual([1]);
    const [socket] = sockets;
    socket?.destroy();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    client.ask(2);
    await expect.poll(() => client.ids).toEqual([1, 2]);
    expect([sockets.length, requests.length, client.errors]).toEqual([2, 2, []]);
  });

  it('drops a connection on which bytes come that nobody asked for', async () => {
    const { url, sockets } = await startCounting();
    const client = await connect(url);
    client.ask(1);
    await expect.poll(() => client.ids).toEqual([1]);
    sockets[0]?.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    await expect.poll(() => sockets[0]?.destroyed).toBe(true);
    client.ask(2);
    await expect.poll(() => client.ids).toEqual([1, 2]);
  });

  it('connects to a unix socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-pool-'));
    const socketPath = join(folder, 'server.sock');
    const server = createHttpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","id":1,"result":{}}');
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const transport = new StreamableHttpClientTransport({ url: 'http://localhost/mcp', socketPath });
    const received: unknown[] = [];
    transport.onraw = ({ message }) => received.push(message);
    await transport.start();
    transport.sendText('{"jsonrpc":"2.0","id":1,"method":"m"}', { requestId: 1 });
    await expect.poll(() => received.length).toBe(1);
    await transport.close();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it('refuses headers that would not stay headers', async () => {
    const { url } = await startCounting();
    expect(() => new StreamableHttpClientTransport({ url, headers: { a: 'b\r\nc: d' } })).toThrow(
      'characters',
    );
  });
});
