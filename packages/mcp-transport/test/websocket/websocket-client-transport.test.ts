import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import {
  type WebSocketClientOptions,
  WebSocketClientTransport,
} from '../../src/websocket/websocket-client-transport.js';
import { TransportError } from '../../src/errors/transport-error.js';
import type { AroundRequest } from '../../src/http/client/around-request.js';
import { closeServers, listen } from '../support/listen.js';
import { createSdkServer } from '../support/sdk-server.js';
import { closeSocketServers, listenForSockets, toSdkTransport } from '../support/websocket-server.js';

const open: WebSocketClientTransport[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.close()));
  await Promise.all([closeServers(), closeSocketServers()]);
});

function observe(options: WebSocketClientOptions) {
  const transport = new WebSocketClientTransport(options);
  open.push(transport);
  const texts: string[] = [];
  const errors: unknown[] = [];
  const ends: string[] = [];
  transport.onraw = ({ text }) => texts.push(text);
  transport.onerror = (error) => errors.push(error);
  transport.onclose = () => ends.push('closed');
  return { transport, texts, errors, ends };
}

async function connect(
  onSocket: (socket: WebSocket) => void = () => {},
  options: Partial<WebSocketClientOptions> = {},
) {
  const { url, sockets } = await listenForSockets(onSocket);
  const observed = observe({ url, ...options });
  await observed.transport.start();
  await expect.poll(() => sockets.length).toBe(1);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('no connection');
  return { ...observed, socket };
}

/** A server that takes a wish for a WebSocket for any other request. */
async function refuseUpgrades(onUpgrade: RequestListener): Promise<URL> {
  const { url } = await listen(onUpgrade);
  return new URL(url.href.replace('http:', 'ws:'));
}

const answer = '{ "jsonrpc":"2.0", "id":1, "result":{} }';
const request = '{ "jsonrpc":"2.0", "id":1, "method":"é" }';

describe('WebSocketClientTransport with the SDK', () => {
  it('calls tools, answers the server, and ends', async () => {
    const { url } = await listenForSockets(
      (socket) => void createSdkServer().connect(toSdkTransport(socket)),
    );
    const transport = new WebSocketClientTransport({ url });
    const client = new Client({ name: 'client', version: '1.0.0' }, { capabilities: { elicitation: {} } });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' }));
    await client.connect(transport);
    const echoes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.callTool({ name: 'echo', arguments: { text: `é${index}` } }),
      ),
    );
    expect(echoes.map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, index) => [{ type: 'text', text: `é${index}` }]),
    );
    expect(await client.callTool({ name: 'ask' })).toMatchObject({ content: [{ text: 'decline' }] });
    await client.close();
  });
});

describe('WebSocketClientTransport', () => {
  it('sends and receives texts as they are, with the subprotocol mcp and its headers', async () => {
    const seen: unknown[] = [];
    const { url, sockets } = await listenForSockets((socket, { headers }) => {
      seen.push(
        headers['sec-websocket-protocol'],
        headers.authorization,
        headers['sec-websocket-extensions'],
      );
      socket.on('message', (data, isBinary) => {
        seen.push((data as Buffer).toString(), isBinary);
        socket.send(answer);
      });
    });
    const { transport, texts } = observe({ url, headers: { authorization: 'Bearer t' } });
    await transport.start();
    transport.sendText(request);
    await expect.poll(() => texts).toEqual([answer]);
    expect(seen).toEqual(['mcp', 'Bearer t', undefined, request, false]);
    expect(sockets[0]?.protocol).toBe('mcp');
  });

  it('goes over a unix socket', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ws-'));
    try {
      const socketPath = path.join(folder, 's');
      const { url } = await listenForSockets((socket) => socket.send(answer), { path: socketPath });
      const { transport, texts } = observe({ url, socketPath });
      await transport.start();
      await expect.poll(() => texts).toEqual([answer]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['with a client certificate', { cert: 'client', key: 'client-key', ca: 'ca' }, undefined],
    ['whose certificate is not trusted', { cert: 'client', key: 'client-key' }, 'STREAM_FAILED'],
    ['without a client certificate', { ca: 'ca' }, 'STREAM_FAILED'],
  ] as const)('reaches a server over TLS %s', async (_, names, code) => {
    const read = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
    const server = createTlsServer({
      cert: read('server'),
      key: read('server-key'),
      ca: read('ca'),
      requestCert: true,
      rejectUnauthorized: true,
    });
    await listenForSockets((socket) => socket.send(answer), { server });
    const { port } = server.address() as AddressInfo;
    const tls = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, read(name)]));
    const { transport, texts } = observe({ url: `wss://localhost:${port}/mcp`, tls });
    const failure = await transport.start().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect((failure as { code?: string } | undefined)?.code).toBe(code);
    await expect.poll(() => texts).toEqual(code === undefined ? [answer] : []);
  });

  it.each([
    ['a redirect', 302, { location: 'ws://other.example/' }, 'HTTP_STATUS'],
    ['a refusal', 401, {}, 'UNAUTHORIZED'],
    ['a page', 200, {}, 'HTTP_STATUS'],
  ])('does not start on %s', async (_, status, headers, code) => {
    const url = await refuseUpgrades((_request, response) => response.writeHead(status, headers).end());
    const { transport, ends } = observe({ url });
    await expect(transport.start()).rejects.toMatchObject({ code, httpStatus: status });
    await transport.close();
    expect(ends).toEqual([]);
  });

  it('keeps what a server that is busy asks for', async () => {
    const url = await refuseUpgrades((_request, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end(),
    );
    await expect(observe({ url }).transport.start()).rejects.toMatchObject({ retryAfterMs: 7000 });
  });

  it('does not start without the subprotocol', async () => {
    const { url } = await listenForSockets(() => {}, { protocol: false });
    await expect(observe({ url }).transport.start()).rejects.toMatchObject({ code: 'STREAM_FAILED' });
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const url = await refuseUpgrades(() => {});
    const starting = observe({ url, connectTimeoutMs: 50 }).transport.start();
    await expect(starting).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
  });

  it('does not wait for a server that opens the connection a byte at a time', async () => {
    const dripping = createServer((socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nx-slow: ');
      const timer = setInterval(() => socket.write('x'), 5);
      socket.on('error', () => {});
      socket.once('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
    const { port } = dripping.address() as AddressInfo;
    const starting = observe({
      url: `ws://127.0.0.1:${port}/?key=secret`,
      connectTimeoutMs: 100,
    }).transport.start();
    await expect(starting).rejects.toMatchObject({
      code: 'CONNECT_TIMEOUT',
      message: expect.not.stringContaining('secret'),
    });
    await new Promise((resolve) => dripping.close(resolve));
  });

  it.each([
    ['a header that cannot be sent', { headers: { authorization: 'a\nb' } }],
    ['an address that is none', { url: 'nowhere' }],
  ])('refuses %s with an error of its own', async (_, options) => {
    const { transport } = observe({ url: 'ws://127.0.0.1:1/', ...options });
    await expect(transport.start()).rejects.toMatchObject({ code: 'STREAM_FAILED' });
  });

  it('is given up while it opens', async () => {
    const url = await refuseUpgrades(() => {});
    const { transport } = observe({ url });
    const starting = transport.start();
    await transport.close();
    await expect(starting).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED' });
  });

  it('starts once, and sends only while it is open', async () => {
    const { transport } = await connect();
    await expect(transport.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
    await transport.close();
    const sending = transport.send({ jsonrpc: '2.0', method: 'm' });
    await expect(sending).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED' });
  });

  it('tells once that the server has ended the connection, and with which code if something is wrong', async () => {
    const plain = await connect();
    plain.socket.close(1000);
    await expect.poll(() => plain.ends).toEqual(['closed']);
    expect(plain.errors).toEqual([]);
    const failed = await connect();
    failed.socket.close(1011, 'secret');
    await expect.poll(() => failed.ends).toEqual(['closed']);
    expect(failed.errors).toMatchObject([
      { code: 'STREAM_LOST', message: expect.stringMatching(/1011(?!.*secret)/) },
    ]);
  });

  it('tells of a connection that is cut', async () => {
    const { socket, ends, errors } = await connect();
    socket.terminate();
    await expect.poll(() => ends).toEqual(['closed']);
    expect(errors).toMatchObject([{ code: 'STREAM_LOST' }]);
  });

  it('passes over a frame that is no message', async () => {
    const { socket, errors, texts } = await connect();
    socket.send('not json');
    socket.send(Buffer.from(answer));
    socket.send(answer);
    await expect.poll(() => texts).toEqual([answer]);
    expect(errors).toMatchObject([{ code: 'MESSAGE_NOT_JSON' }, { code: 'MESSAGE_NOT_JSON' }]);
  });

  it.each([
    [
      'one frame',
      (socket: WebSocket) => {
        socket.on('error', () => {});
        socket.send('x'.repeat(20_000));
      },
    ],
    [
      'many frames',
      (socket: WebSocket) => {
        socket.on('error', () => {});
        for (let sent = 0; sent < 300; sent++) socket.send('x'.repeat(100), { fin: false });
      },
    ],
  ])('ends when a message is larger than the limit in %s', async (_, send) => {
    const { socket, errors, ends } = await connect(undefined, { maxMessageBytes: 10_000 });
    send(socket);
    await expect.poll(() => ends).toEqual(['closed']);
    expect(errors).toMatchObject([{ code: 'MESSAGE_TOO_LARGE' }]);
  });

  it('says when the server does not read, and when it reads again', async () => {
    const { socket, transport } = await connect();
    socket.pause();
    let drains = 0;
    transport.ondrain = () => void drains++;
    const text = request.replace('é', 'x'.repeat(1_000_000));
    let sent = 0;
    while (transport.sendText(text)) sent++;
    expect(sent).toBeLessThan(10);
    const sending = transport.send({ jsonrpc: '2.0', method: 'm' });
    socket.resume();
    await sending;
    expect(drains).toBe(1);
  });

  it('gives up a server that leaves too much unread', async () => {
    const { socket, transport, ends, errors } = await connect(undefined, { maxBufferedBytes: 5_000_000 });
    socket.pause();
    for (let sent = 0; sent < 20; sent++) transport.sendText(request.replace('é', 'x'.repeat(1_000_000)));
    await expect.poll(() => ends).toEqual(['closed']);
    expect(errors).toMatchObject([{ code: 'WRITE_BUFFER_FULL' }]);
  });

  it('makes the server wait while it is paused', async () => {
    const { socket, transport, texts } = await connect();
    transport.pause();
    const text = answer.replace('{}', JSON.stringify({ text: 'x'.repeat(1_000_000) }));
    for (let sent = 0; sent < 30; sent++) socket.send(text);
    await new Promise((resolve) => setImmediate(resolve));
    expect(socket.bufferedAmount).toBeGreaterThan(1_000_000);
    transport.resume();
    await expect.poll(() => texts.length).toBe(30);
  });

  it('cuts off a server that does not agree to the end', async () => {
    const { socket, transport, ends } = await connect(undefined, { closeGraceMs: 20 });
    socket.pause();
    await transport.close();
    expect(ends).toEqual(['closed']);
  });
});

describe('what goes around the opening of a WebSocket', () => {
  it('sees and changes the headers, and sees the head of the answer before any message is handed on', async () => {
    const seen: unknown[] = [];
    let received: unknown;
    const { url } = await listenForSockets((socket, { headers }) => {
      received = headers['x-more'];
      socket.send(answer);
    });
    const observed = observe({
      url,
      headers: { 'X-Key': 'configured' },
      around: async ({ method, headers }, send) => {
        const response = await send({ ...headers, 'x-more': 'yes' });
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(method, headers, response.statusCode, response.headers['upgrade'], [...observed.texts]);
        return response;
      },
    });
    await observed.transport.start();
    await expect.poll(() => observed.texts).toEqual([answer]);
    expect(seen).toEqual(['GET', { 'x-key': 'configured' }, 101, 'websocket', []]);
    expect(received).toBe('yes');
  });

  it('may refuse it before and after', async () => {
    const refusal = new TransportError('REQUEST_REFUSED', 'not this one');
    const arounds: AroundRequest[] = [
      () => Promise.reject(refusal),
      async ({ headers }, send) => {
        await send(headers);
        throw refusal;
      },
    ];
    for (const [index, around] of arounds.entries()) {
      let ended = 0;
      const { url, sockets } = await listenForSockets((socket) => socket.on('close', () => ended++));
      const { transport, ends } = observe({ url, around });
      await expect(transport.start()).rejects.toBe(refusal);
      expect(sockets.length).toBe(index);
      await expect.poll(() => ended).toBe(index);
      await transport.close();
      expect(ends).toEqual([]);
    }
  });

  it('is told when nobody waits for the connection any more', async () => {
    const { url, sockets } = await listenForSockets(() => {});
    const { transport } = observe({
      url,
      around: async ({ headers, signal }, send) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return send(headers);
      },
    });
    const [started] = await Promise.all([
      transport.start().catch((error: unknown) => error),
      transport.close(),
    ]);
    expect(started).toMatchObject({ code: 'TRANSPORT_CLOSED' });
    expect(sockets.length).toBe(0);
  });
});
