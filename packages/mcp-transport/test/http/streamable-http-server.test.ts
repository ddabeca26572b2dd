import { request as httpRequest } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { isRequest, type JsonRpcMessage } from '../../src/json-rpc.js';
import type { ReceivedMessage } from '../../src/received-message.js';
import type { StreamableHttpServerOptions } from '../../src/http/server/http-server-options.js';
import type { Authenticate } from '../../src/http/server/authenticate.js';
import type { HttpSession } from '../../src/http/server/http-session.js';
import { StreamableHttpServer } from '../../src/http/server/streamable-http-server.js';
import { closeServers, listen } from '../support/listen.js';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Running {
  readonly url: URL;
  readonly http: StreamableHttpServer;
  readonly sessions: HttpSession[];
  readonly received: ReceivedMessage[];
}

const servers: StreamableHttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await closeServers();
});

/** A server that answers requests at once, but for the method `hold`. */
async function start(options: Partial<StreamableHttpServerOptions> = {}): Promise<Running> {
  const sessions: HttpSession[] = [];
  const received: ReceivedMessage[] = [];
  const http = new StreamableHttpServer({
    onSession: async (session) => {
      sessions.push(session);
      session.onraw = (one) => {
        received.push(one);
        const { message } = one;
        if (!isRequest(message) || message.method === 'hold') return;
        session.sendText(`{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":{ }}`, {
          answers: message.id,
        });
      };
      await session.start();
    },
    ...options,
  });
  servers.push(http);
  const { url } = await listen(http.handle);
  return { url, http, sessions, received };
}

const byAuthorization: Authenticate = ({ headers }) =>
  headers.authorization === undefined
    ? { refusal: 'unauthorized', message: 'say who you are', headers: { 'www-authenticate': 'Bearer' } }
    : { principal: headers.authorization };

const postHeaders = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };

/** One HTTP request by hand. `fetch` would not let us set Host. */
function send(
  url: URL,
  method: string,
  body: string | undefined,
  headers: Readonly<Record<string, string>> = {},
  path?: string,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const all = body === undefined ? headers : { ...postHeaders, ...headers };
    const request = httpRequest(
      url,
      { method, headers: all, ...(path === undefined ? {} : { path }) },
      (response) => {
        readText(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          reject,
        );
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

const initialize = (version = '2025-11-25'): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: { protocolVersion: version } });

const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

async function openSession(
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const reply = await send(url, 'POST', initialize(), headers);
  return { 'mcp-session-id': String(reply.headers['mcp-session-id']), 'mcp-protocol-version': '2025-11-25' };
}

/** A stream that stays open: its events as they come. */
async function openStream(
  url: URL,
  init: {
    readonly method: string;
    readonly body?: string;
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<{
  readonly next: () => Promise<string>;
  readonly cancel: () => Promise<void>;
  readonly status: number;
}> {
  const response = await fetch(url, { ...init, headers: { accept: 'text/event-stream', ...init.headers } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    status: response.status,
    cancel: async () => reader?.cancel(),
    next: async () => {
      while (!rest.includes('\n\n')) {
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
        if (done) return 'END';
        rest += value ?? '';
      }
      const [event = '', ...others] = rest.split('\n\n');
      rest = others.join('\n\n');
      return event;
    },
  };
}

describe('a request', () => {
  it('is answered with JSON when the answer is quick, byte for byte, and in its session', async () => {
    const { url, received } = await start();
    const session = await openSession(url);
    const body = '{ "jsonrpc":"2.0", "id":"x", "method":"ping", "big":9007199254740993 }';
    const reply = await send(url, 'POST', body, session);
    expect(reply).toMatchObject({ status: 200, body: '{"jsonrpc":"2.0","id":"x","result":{ }}' });
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'mcp-session-id': session['mcp-session-id'],
    });
    expect(received.at(-1)?.text).toBe(body);
  });

  it('that wants no answer is accepted', async () => {
    const { url, received } = await start();
    const session = await openSession(url);
    for (const body of ['{"jsonrpc":"2.0","method":"a"}', '{"jsonrpc":"2.0","id":7,"result":{}}']) {
      expect(await send(url, 'POST', body, session)).toMatchObject({ status: 202, body: '' });
      expect(received.at(-1)?.text).toBe(body);
    }
  });

  it.each([
    ['a body that is no JSON', '{', {}, 400, -32700],
    ['a body that is no message', '{"jsonrpc":"2.0","id":1}', {}, 400, -32600],
    ['a batch', `[${ping}]`, {}, 400, -32600],
    ['a message without a session', ping, {}, 400, -32000],
    ['an unknown session', ping, { 'mcp-session-id': 'x' }, 404, -32001],
    ['an Accept without event streams', ping, { accept: 'application/json' }, 406, -32000],
    ['another content type', ping, { 'content-type': 'text/plain' }, 415, -32000],
    ['a content encoding', ping, { 'content-encoding': 'gzip' }, 415, -32000],
    ['another Host', ping, { host: 'evil.example' }, 403, -32000],
    ['a Host that only begins well', ping, { host: 'localhost.evil.example:80' }, 403, -32000],
    ['a Host with credentials', ping, { host: 'x@localhost' }, 403, -32000],
    ['another Origin', ping, { origin: 'https://evil.example' }, 403, -32000],
    ['the Origin null', ping, { origin: 'null' }, 403, -32000],
  ])('with %s is refused', async (_name, body, headers, status, code) => {
    const { url, received } = await start();
    const reply = await send(url, 'POST', body, headers);
    expect([reply.status, (JSON.parse(reply.body) as { error: { code: number } }).error.code]).toEqual([
      status,
      code,
    ]);
    expect(received).toEqual([]);
  });

  it('to an absolute URL of another host is refused', async () => {
    const { url } = await start();
    expect(await send(url, 'POST', ping, {}, 'http://evil.example/mcp')).toMatchObject({ status: 403 });
  });

  it('from an allowed host or origin is served', async () => {
    const { url } = await start({
      allowedHosts: ['mcp.example', '[::1]'],
      allowedOrigins: ['https://app.example'],
    });
    expect(
      await send(url, 'POST', initialize(), { host: 'mcp.example', origin: 'https://app.example' }),
    ).toMatchObject({
      status: 200,
    });
    expect(
      await send(url, 'POST', initialize(), { host: '[::1]:80', origin: 'http://mcp.example' }),
    ).toMatchObject({
      status: 200,
    });
    expect(await send(url, 'POST', initialize())).toMatchObject({ status: 403 });
  });

  it('with an unknown revision, another path or method is refused', async () => {
    const { url } = await start();
    const session = await openSession(url);
    const reply = await send(url, 'POST', ping, { ...session, 'mcp-protocol-version': '1999-01-01' });
    expect(reply.status).toBe(400);
    expect((await send(new URL('/other', url), 'POST', ping, session)).status).toBe(404);
    expect(await send(url, 'PUT', ping, session)).toMatchObject({
      status: 405,
      headers: { allow: 'GET, POST, DELETE' },
    });
    expect((await send(url, 'POST', initialize(), session)).status).toBe(400);
  });

  it('that is too large is refused while it comes in', async () => {
    const { url } = await start({ maxMessageBytes: 1000 });
    const reply = await send(url, 'POST', JSON.stringify({ x: 'x'.repeat(2000) }), {
      'transfer-encoding': 'chunked',
    });
    expect(reply).toMatchObject({ status: 413, headers: { connection: 'close' } });
    const announced = await send(url, 'POST', 'x'.repeat(1001), { 'content-length': '1001' });
    expect(announced.status).toBe(413);
  });

  it('with an id that is in flight, and one too many, are refused', async () => {
    const { url, sessions } = await start({ maxPendingRequests: 1 });
    const session = await openSession(url);
    const held = send(url, 'POST', '{"jsonrpc":"2.0","id":5,"method":"hold"}', session);
    await expect.poll(() => sessions[0]?.isIdle).toBe(false);
    expect((await send(url, 'POST', '{"jsonrpc":"2.0","id":5,"method":"hold"}', session)).status).toBe(400);
    expect((await send(url, 'POST', ping, session)).status).toBe(429);
    sessions[0]?.sendText('{"jsonrpc":"2.0","id":5,"result":{}}', { answers: 5 });
    expect((await held).status).toBe(200);
  });

  it('wait while nobody takes them, and are refused when too much waits', async () => {
    const { url, sessions, received } = await start({ maxStreamBytes: 100 });
    const session = await openSession(url);
    sessions[0]?.pause();
    const notice = `{"jsonrpc":"2.0","method":"notifications/x","params":{"text":"${'x'.repeat(60)}"}}`;
    const statuses: number[] = [];
    for (const body of [notice, notice, ping]) statuses.push((await send(url, 'POST', body, session)).status);
    expect(statuses).toEqual([202, 429, 429]);
    sessions[0]?.resume();
    expect((await send(url, 'POST', ping, session)).status).toBe(200);
    expect(received.map(({ text }) => text)).toEqual([initialize(), notice, ping]);
  });
});

describe('a session', () => {
  it('ends by DELETE, and is unknown afterwards', async () => {
    const { url, http, sessions } = await start();
    const session = await openSession(url);
    let closed = 0;
    const [transport] = sessions;
    if (transport !== undefined) transport.onclose = () => void closed++;
    expect(await send(url, 'DELETE', undefined, session)).toMatchObject({ status: 200 });
    expect([http.sessionCount, closed]).toEqual([0, 1]);
    expect((await send(url, 'POST', ping, session)).status).toBe(404);
    expect((await send(url, 'GET', undefined, { ...session, accept: 'text/event-stream' })).status).toBe(404);
    expect((await send(url, 'DELETE', undefined, session)).status).toBe(404);
  });

  it('is only known to whom it belongs', async () => {
    const { url } = await start({ authenticate: byAuthorization });
    const session = await openSession(url, { authorization: 'ada' });
    expect((await send(url, 'POST', ping, { ...session, authorization: 'ada' })).status).toBe(200);
    expect((await send(url, 'POST', ping, { ...session, authorization: 'eve' })).status).toBe(404);
    const { 'mcp-session-id': id } = session;
    expect((await send(url, 'POST', ping, { 'mcp-session-id': id ?? '' })).status).toBe(401);
    expect((await send(url, 'DELETE', undefined, { ...session, authorization: 'eve' })).status).toBe(404);
  });

  it('tells who opened it, and what else was found out about them', async () => {
    const openings: unknown[] = [];
    const { url } = await start({
      authenticate: async () => ({ principal: 'ada', details: { groups: ['staff'] } }),
      onSession: async (session, { client }) => {
        openings.push(client);
        session.onraw = ({ message }) =>
          session.sendText(
            '{"jsonrpc":"2.0","id":0,"result":{}}',
            isRequest(message) ? { answers: message.id } : {},
          );
        await session.start();
      },
    });
    await openSession(url);
    expect(openings).toEqual([{ principal: 'ada', details: { groups: ['staff'] } }]);
  });

  it('is not opened for whom authenticate refuses, who is told why', async () => {
    const { url, http } = await start({ authenticate: byAuthorization });
    const reply = await send(url, 'POST', initialize());
    expect(reply.status).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    expect(JSON.parse(reply.body)).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32000, message: 'say who you are' },
    });
    expect((await send(url, 'GET', undefined, { accept: 'text/event-stream' })).status).toBe(401);
    expect(http.sessionCount).toBe(0);
  });

  it('asks who it is only after the host is checked, and answers 503 while nobody can say', async () => {
    let asked = 0;
    const { url } = await start({
      authenticate: () => {
        asked++;
        return { refusal: 'authenticationUnavailable' };
      },
    });
    expect((await send(url, 'POST', initialize(), { host: 'evil.example' })).status).toBe(403);
    expect(asked).toBe(0);
    const reply = await send(url, 'POST', initialize());
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1']);
  });

  it('refuses a request whose authentication fails', async () => {
    for (const authenticate of [
      () => Promise.reject(new Error('broken')),
      () => {
        throw new Error('broken');
      },
    ]) {
      const { url } = await start({ authenticate });
      const reply = await send(url, 'POST', initialize());
      expect(reply.status).toBe(503);
      expect(reply.body).not.toContain('broken');
    }
  });

  it('is not opened when the host fails, or there are too many', async () => {
    const { url } = await start({ onSession: async () => Promise.reject(new Error('no server')) });
    const reply = await send(url, 'POST', initialize());
    expect(reply.headers['mcp-session-id']).toBeUndefined();
    expect(JSON.parse(reply.body)).toEqual({
      jsonrpc: '2.0',
      id: 0,
      error: { code: -32000, message: 'no server' },
    });
    const full = await start({ maxSessions: 0 });
    expect((await send(full.url, 'POST', initialize())).status).toBe(503);
  });

  it('is closed when nobody uses it', async () => {
    const { url, http } = await start({ sessionIdleMs: 1 });
    await openSession(url);
    await expect.poll(() => http.sessionCount).toBe(0);
  });

  it('answers what waits when the server closes, and refuses what comes later', async () => {
    const { url, http, sessions } = await start();
    const session = await openSession(url);
    const held = send(url, 'POST', '{"jsonrpc":"2.0","id":5,"method":"hold"}', session);
    await expect.poll(() => sessions[0]?.isIdle).toBe(false);
    await http.close();
    expect((await held).status).toBe(404);
    expect((await send(url, 'POST', initialize())).status).toBe(503);
  });
});

describe('a stream', () => {
  const hold = '{"jsonrpc":"2.0","id":5,"method":"hold"}';
  const note = (n: number): string => `{"jsonrpc":"2.0","method":"n","params":{"n":${n}}}`;

  it('carries messages of a request before its answer', async () => {
    const { url, sessions } = await start();
    const session = await openSession(url);
    const opening = openStream(url, { method: 'POST', body: hold, headers: { ...postHeaders, ...session } });
    await expect.poll(() => sessions[0]?.isIdle).toBe(false);
    sessions[0]?.sendText(note(1), { relatedRequestId: 5 });
    sessions[0]?.sendText('{"jsonrpc":"2.0",\n"id":5,"result":{}}', { answers: 5 });
    const stream = await opening;
    expect(await stream.next()).toMatch(/^id: 1_0\nretry: 1000\ndata: $/);
    expect(await stream.next()).toBe(`id: 1_1\ndata: ${note(1)}`);
    expect(await stream.next()).toBe('id: 1_2\ndata: {"jsonrpc":"2.0", "id":5,"result":{}}');
    expect(await stream.next()).toBe('END');
  });

  it('is opened for a request that takes long, without priming for clients that would fail on it', async () => {
    const { url, sessions } = await start({ streamAfterMs: 0 });
    const session = await openSession(url);
    for (const [version, first] of [
      ['2025-11-25', 'id: 1_0\nretry: 1000\ndata: '],
      ['2025-06-18', 'id: 2_1\ndata: {"jsonrpc":"2.0","id":5,"result":{}}'],
    ] as const) {
      const headers = { ...postHeaders, ...session, 'mcp-protocol-version': version };
      const stream = await openStream(url, { method: 'POST', body: hold, headers });
      sessions[0]?.sendText('{"jsonrpc":"2.0","id":5,"result":{}}', { answers: 5 });
      expect(await stream.next()).toBe(first);
      await stream.cancel();
    }
  });

  it('can be resumed after it was lost, once with everything that was missed', async () => {
    const { url, sessions, received } = await start({ streamAfterMs: 0 });
    const session = await openSession(url);
    const stream = await openStream(url, {
      method: 'POST',
      body: hold,
      headers: { ...postHeaders, ...session },
    });
    await stream.next();
    await stream.cancel();
    sessions[0]?.sendText(note(1), { relatedRequestId: 5 });
    sessions[0]?.sendText('{"jsonrpc":"2.0","id":5,"result":{}}', { answers: 5 });
    const resumed = await openStream(url, { method: 'GET', headers: { ...session, 'last-event-id': '1_0' } });
    expect(await resumed.next()).toBe(`id: 1_1\ndata: ${note(1)}`);
    expect(await resumed.next()).toBe('id: 1_2\ndata: {"jsonrpc":"2.0","id":5,"result":{}}');
    expect(await resumed.next()).toBe('END');
    expect(received.map(({ message }) => (message as { method?: string }).method)).toEqual([
      'initialize',
      'hold',
    ]);
  });

  it('is not resumed by an event of another session, or one that nobody sent', async () => {
    const { url } = await start();
    await openSession(url);
    const session = await openSession(url);
    for (const id of ['1_0', 'x', '9_9', '1_0\u00e9']) {
      const headers = { ...session, accept: 'text/event-stream', 'last-event-id': id };
      expect((await send(url, 'GET', undefined, headers)).status).toBe(400);
    }
  });

  it('of its own carries what answers no request, also what came before it was opened', async () => {
    const { url, sessions } = await start();
    const session = await openSession(url);
    sessions[0]?.sendText(note(1));
    const stream = await openStream(url, { method: 'GET', headers: session });
    expect(await stream.next()).toBe(`id: 0_1\ndata: ${note(1)}`);
    sessions[0]?.sendText(note(2));
    expect(await stream.next()).toBe(`id: 0_2\ndata: ${note(2)}`);
    expect((await send(url, 'GET', undefined, { ...session, accept: 'text/event-stream' })).status).toBe(409);
    await stream.cancel();
    await expect.poll(() => sessions[0]?.isIdle).toBe(true);
    sessions[0]?.sendText(note(3));
    const again = await openStream(url, { method: 'GET', headers: { ...session, 'last-event-id': '0_1' } });
    expect(await again.next()).toBe(`id: 0_2\ndata: ${note(2)}`);
    expect(await again.next()).toBe(`id: 0_3\ndata: ${note(3)}`);
    await again.cancel();
  });

  it('stays alive by comments', async () => {
    const { url } = await start({ keepAliveMs: 1 });
    const session = await openSession(url);
    const stream = await openStream(url, { method: 'GET', headers: session });
    expect(await stream.next()).toBe(': keep-alive');
    await stream.cancel();
  });

  it('needs a session and an Accept', async () => {
    const { url } = await start();
    const session = await openSession(url);
    expect((await send(url, 'GET', undefined, { accept: 'text/event-stream' })).status).toBe(400);
    expect((await send(url, 'GET', undefined, { ...session, accept: 'application/json' })).status).toBe(406);
  });
});

describe('a client that goes away', () => {
  it('before it could resume is taken for one that cancels', async () => {
    const { url, received, sessions } = await start();
    const session = await openSession(url);
    const stop = new AbortController();
    const headers = { ...postHeaders, ...session };
    const body = '{"jsonrpc":"2.0","id":"five","method":"hold"}';
    const call = fetch(url, { method: 'POST', body, headers, signal: stop.signal }).catch(() => 'gone');
    await expect.poll(() => sessions[0]?.isIdle).toBe(false);
    stop.abort();
    expect(await call).toBe('gone');
    const last = (): JsonRpcMessage | undefined => received.at(-1)?.message;
    await expect
      .poll(last)
      .toMatchObject({ method: 'notifications/cancelled', params: { requestId: 'five' } });
    expect(sessions[0]?.sendText('{}', { answers: 'five' })).toBe(true);
  });
});
