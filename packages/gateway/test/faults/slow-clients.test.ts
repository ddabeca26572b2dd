import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startUpstream } from '../support/http-upstream.js';
import { head, type Headers, list, openSession, post, RawSockets } from '../support/raw-http.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';
import { startStreamingUpstream } from '../support/streaming-upstream.js';

const file = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const sockets = new RawSockets();

afterEach(async () => {
  sockets.destroy();
  await stopAll();
});

/** A client that asks for the stream of its session and reads nothing after its header fields. */
async function openUnread(url: URL, session: Headers): Promise<Socket> {
  await (await post(url, { method: 'notifications/initialized' }, session)).text();
  const socket = sockets.open(url);
  const fields = { host: url.host, accept: 'text/event-stream', ...session };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /mcp HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.pause();
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /);
  return socket;
}

/** Whether a session has a stream, as another client for it would find out. */
async function hasStream(url: URL, session: Headers): Promise<boolean> {
  const given = new AbortController();
  const headers = { ...session, accept: 'text/event-stream' };
  const { status } = await fetch(url, { headers, signal: given.signal });
  given.abort();
  return status === 409;
}

describe('C14: clients that are slow on purpose', () => {
  it.each([
    ['headers', () => 'POST /mcp HTTP/1.1\r\nhost: loc'],
    ['body', (url: URL) => `${head(url, 'content-length: 100\r\n')}{`],
    ['body, in chunks', (url: URL) => `${head(url, 'transfer-encoding: chunked\r\n')}5\r\n{`],
  ])('one that never ends its %s is told so and cut', async (_what, bytes) => {
    await using upstream = await startUpstream();
    const { url } = await startHttpGateway({ c: upstream }, [], {
      headersTimeoutMs: 200,
      requestTimeoutMs: 300,
    });
    const socket = sockets.open(url);
    socket.write(bytes(url));
    expect(await readText(socket)).toMatch(/^HTTP\/1\.1 408 /);
    expect(upstream.seen).toEqual([]);
  });

  it('one that sends a byte at a time is cut as well: the time is for the whole', async () => {
    await using upstream = await startUpstream();
    const { url } = await startHttpGateway({ c: upstream }, [], {
      headersTimeoutMs: 200,
      requestTimeoutMs: 300,
    });
    const socket = sockets.open(url);
    socket.write(head(url, 'content-length: 1000000\r\n'));
    const dripping = setInterval(() => socket.write(' '), 20);
    expect(await readText(socket)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(dripping);
    expect(upstream.seen).toEqual([]);
  });

  it('one that never reads its stream is cut when too much waits for it, and may come back', async () => {
    await using upstream = await startStreamingUpstream();
    const { url } = await startHttpGateway({ c: upstream }, [], { maxStreamBytes: 1_000_000 });
    const session = await openSession(url);
    await openUnread(url, session);
    await expect.poll(() => upstream.streamCount, { timeout: 20_000 }).toBe(1);
    expect(await hasStream(url, session)).toBe(true);
    const isCut = async (): Promise<boolean> => {
      upstream.tell(1_000_000);
      return !(await hasStream(url, session));
    };
    await expect.poll(isCut, { timeout: 60_000 }).toBe(true);
    expect((await post(url, list, session)).status).toBe(200);
  });

  it('one that sends what its server does not read is refused when too much waits', async () => {
    const server = { command: process.execPath, args: [file, 'deaf'], closeGraceMs: 200 };
    const { gateway, url } = await startHttpGateway({ c: server }, [], { maxStreamBytes: 1_000_000 });
    const session = await openSession(url);
    const notice = { method: 'notifications/x', params: { text: 'x'.repeat(500_000) } };
    let accepted = 0;
    while ((await post(url, notice, session)).status === 202 && accepted < 100) accepted++;
    expect(accepted).toBeLessThan(100);
    expect(gateway.sessionCount).toBe(1);
    const other = await openSession(url);
    expect((await post(url, notice, other)).status).toBe(202);
  });

  it('500 of them leave room for others, and are cut when the gateway ends', async () => {
    await using upstream = await startStreamingUpstream();
    const { gateway, url } = await startHttpGateway({ c: upstream });
    const endless = Array.from({ length: 400 }, (_, index) => {
      const socket = sockets.open(url);
      socket.write(
        index % 2 === 0 ? 'POST /mcp HTTP/1.1\r\nhost: loc' : `${head(url, 'content-length: 100\r\n')}{`,
      );
      return socket;
    });
    await Promise.all(endless.map((socket) => once(socket, 'connect')));
    const unread: Socket[] = [];
    for (let count = 0; count < 100; count++) unread.push(await openUnread(url, await openSession(url)));
    await expect.poll(() => upstream.streamCount, { timeout: 20_000 }).toBe(100);
    const session = await openSession(url);
    for (let id = 1; id <= 20; id++) {
      upstream.tell(20_000);
      expect((await post(url, { ...list, id }, session)).status).toBe(200);
    }
    expect(gateway.sessionCount).toBe(101);
    const slow = [...endless, ...unread];
    expect(slow.filter(({ closed }) => closed)).toEqual([]);
    await gateway.close();
    for (const socket of unread) socket.resume();
    await expect.poll(() => slow.filter(({ closed }) => !closed).length, { timeout: 20_000 }).toBe(0);
  });
});
