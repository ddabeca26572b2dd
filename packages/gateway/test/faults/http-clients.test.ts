import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServeHttpOptions } from '../../src/http/serve-http.js';
import { startUpstream, type Upstream } from '../support/http-upstream.js';
import { head, type Headers, initialize, list, openSession, post, RawSockets } from '../support/raw-http.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';

const file = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const echo = { command: process.execPath, args: [file, 'echo'], closeGraceMs: 200 };

let upstream: Upstream;
const sockets = new RawSockets();

beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  sockets.destroy();
  await stopAll();
  await upstream[Symbol.asyncDispose]();
});

const start = (options: Partial<ServeHttpOptions> = {}) =>
  startHttpGateway({ c: upstream }, [{ tool_pre_invoke: () => undefined }], options);

/** Sends bytes as they are and answers with the status, or 0 when the connection is cut without one. */
async function sendRaw(url: URL, bytes: string): Promise<number> {
  const socket = sockets.open(url);
  socket.write(bytes);
  const answer = await Promise.race([
    readText(socket).catch(() => ''),
    new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString('latin1')))),
  ]);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

describe('C4: bodies that are too long, or not as long as they say', () => {
  it('413 while the body still comes, whether its length is told or not', async () => {
    const { url } = await start({ maxMessageBytes: 1000 });
    expect(await sendRaw(url, head(url, 'content-length: 100000000\r\n'))).toBe(413);
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    expect(await sendRaw(url, `${head(url, 'transfer-encoding: chunked\r\n')}${chunk}`)).toBe(413);
    expect(upstream.seen).toEqual([]);
    await openSession(url);
  });

  it('what comes after a length that was told too short is no part of the message', async () => {
    const { url } = await start();
    const body = JSON.stringify({ jsonrpc: '2.0', ...list });
    expect(await sendRaw(url, `${head(url, `content-length: ${body.length - 1}\r\n`)}${body}`)).toBe(400);
    expect(upstream.seen).toEqual([]);
  });
});

describe('C11: session ids of no session', () => {
  it('guessed: 404; with a line break, or more than one: never a session', async () => {
    const { url } = await start();
    const { 'mcp-session-id': id = '' } = await openSession(url);
    const before = upstream.seen.length;
    for (const guess of ['0', id.slice(0, -1), `${id}x`, `${id}, ${id}`, '__proto__', 'x'.repeat(4000)]) {
      expect((await post(url, list, { 'mcp-session-id': guess })).status).toBe(404);
    }
    const withBreak = `mcp-session-id: ${id}\r\n x: y\r\ncontent-length: 2\r\n`;
    expect(await sendRaw(url, `${head(url, withBreak)}{}`)).toBe(400);
    expect(upstream.seen.length).toBe(before);
  });
});

describe('C12: a Host or Origin of another site', () => {
  it.each([
    ['another host', 'POST /mcp HTTP/1.1\r\nhost: evil.example\r\n', 403],
    ['no host', 'POST /mcp HTTP/1.0\r\n', 400],
    ['another host in the request line', 'POST http://evil.example/mcp HTTP/1.1\r\nhost: localhost\r\n', 403],
    ['a user in the host', 'POST /mcp HTTP/1.1\r\nhost: localhost@evil.example\r\n', 403],
    ['a host that begins as ours', 'POST /mcp HTTP/1.1\r\nhost: localhost.evil.example\r\n', 403],
    ['another origin', 'POST /mcp HTTP/1.1\r\nhost: localhost\r\norigin: https://evil.example\r\n', 403],
    ['the origin of a sandbox', 'POST /mcp HTTP/1.1\r\nhost: localhost\r\norigin: null\r\n', 403],
    ['the address of this machine', 'POST /mcp HTTP/1.1\r\nhost: [::1]:80\r\n', 406],
  ])('%s', async (_, first, status) => {
    const { url } = await start();
    expect(await sendRaw(url, `${first}content-length: 0\r\n\r\n`)).toBe(status);
    expect(upstream.seen).toEqual([]);
  });
});

describe('C12: the public name of a gateway', () => {
  it('is served without being named a second time, and no other is', async () => {
    const keys = [{ name: 'ci', hash: `sha256:${'0'.repeat(64)}` }];
    const { url } = await start({ auth: { keys, publicUrl: 'https://mcp.example/gateway' } });
    const statusOf = (host: string): Promise<number> =>
      sendRaw(url, `POST /mcp HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 0\r\n\r\n`);
    expect([
      await statusOf('mcp.example'),
      await statusOf('localhost'),
      await statusOf('evil.example'),
    ]).toEqual([401, 401, 403]);
  });
});

describe('C13: requests that do not keep to the protocol', () => {
  it('400 for an unknown version, 406 for what is not accepted, 400 without a session, 405 for other methods', async () => {
    const { url } = await start();
    const session = await openSession(url);
    const status = async (response: Promise<Response>): Promise<number> => (await response).status;
    expect(await status(post(url, list, { ...session, 'mcp-protocol-version': '1999-01-01' }))).toBe(400);
    expect(await status(post(url, list, { ...session, accept: 'text/html' }))).toBe(406);
    expect(await status(post(url, list, { ...session, 'content-type': 'text/plain' }))).toBe(415);
    expect(await status(post(url, list))).toBe(400);
    expect(await status(fetch(url, { headers: { accept: 'text/event-stream' } }))).toBe(400);
    expect(await status(fetch(url, { headers: { ...session, accept: 'application/json' } }))).toBe(406);
    expect(await status(fetch(url, { method: 'PUT', headers: session }))).toBe(405);
  });
});

describe('C16: a forged Last-Event-ID', () => {
  const resume = (url: URL, session: Headers, id: string): Promise<Response> =>
    fetch(url, { headers: { ...session, accept: 'text/event-stream', 'last-event-id': id } });

  it('that was never given out is refused', async () => {
    const { url } = await start();
    const session = await openSession(url);
    for (const id of ['7_0', '99999999_1', '-1_0', '../../1', 'x']) {
      expect((await resume(url, session, id)).status).toBe(400);
    }
  });

  it('shows only events of the own session', async () => {
    const { url } = await startHttpGateway({ c: echo });
    const [mine, other] = [await openSession(url), await openSession(url)];
    const streamOf = (response: Response): AsyncIterator<string> =>
      (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    const readUntil = async (stream: AsyncIterator<string>, wanted: string): Promise<string> => {
      let text = '';
      while (!text.includes(wanted)) {
        const { done, value } = await stream.next();
        if (done === true) throw new Error(`the stream ended after ${text}`);
        text += value;
      }
      return text;
    };
    const own = streamOf(await fetch(url, { headers: { ...mine, accept: 'text/event-stream' } }));
    await post(url, { method: 'notifications/x', params: { is: 'of mine' } }, mine);
    const [, id = ''] = /id: (\S+)\ndata: .*of mine/.exec(await readUntil(own, 'of mine')) ?? [];
    expect(id).toMatch(/^\d+_\d+$/);
    const before = id.replace(/\d+$/, '0');
    const forged = streamOf(await resume(url, other, before));
    await post(url, { method: 'notifications/x', params: { is: 'of other' } }, other);
    expect(await readUntil(forged, 'of other')).not.toContain('of mine');
    await own.return?.();
    let again = await resume(url, mine, before);
    // Until the server has seen that the first stream is gone.
    while (again.status === 409) again = await resume(url, mine, before);
    const resumed = streamOf(again);
    expect(await readUntil(resumed, 'of mine')).toContain(`id: ${id}`);
  });
});

describe('C17: sessions that are opened and left', () => {
  it('are closed when they are idle, with those of the server', async () => {
    const { gateway, url } = await start({ sessionIdleMs: 100 });
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 20 }, () => openSession(url)));
    }
    await expect.poll(() => gateway.sessionCount, { timeout: 10_000 }).toBe(0);
    expect(upstream.methods.filter((method) => method === 'DELETE').length).toBe(200);
  });

  it('are refused when there are too many', async () => {
    const { url } = await start({ maxSessions: 2 });
    await openSession(url);
    await openSession(url);
    const refused = await post(url, initialize);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  });
});

describe('C18: requests that two parsers could read in two ways', () => {
  it.each([
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked\r\n'],
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n'],
    ['a lone carriage return', 'x: a\rb: c\r\ncontent-length: 2\r\n'],
    ['a space before the colon', 'transfer-encoding : chunked\r\n'],
    ['a transfer encoding that is none', 'transfer-encoding: xchunked\r\n'],
  ])('%s: 400', async (_, lines) => {
    const { url } = await start();
    expect(await sendRaw(url, `${head(url, lines)}0\r\n\r\n`)).toBe(400);
    expect(upstream.seen).toEqual([]);
  });
});

describe('C19: header injection', () => {
  it('nothing of a message or of its header fields becomes a header field to the server', async () => {
    const { url } = await start();
    const session = await openSession(url);
    const evil = 'x\r\nauthorization: Bearer evil';
    const params = { name: evil, arguments: { header: evil }, _meta: { 'x-evil': evil } };
    const response = await post(
      url,
      { id: 2, method: 'tools/call', params },
      { ...session, 'x-evil': 'evil' },
    );
    expect(response.status).toBe(200);
    expect(upstream.seen.length).toBeGreaterThan(1);
    expect(JSON.stringify(upstream.seen)).not.toContain('evil');
  });
});
