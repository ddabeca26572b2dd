import { fileURLToPath } from 'node:url';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { afterEach, describe, expect, it } from 'vitest';
import { startHttpGateway, stopAll } from '../support/start-http.js';

const file = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const server = (...args: readonly string[]): { command: string; args: string[]; closeGraceMs: number } => ({
  command: process.execPath,
  args: [file, ...args],
  closeGraceMs: 200,
});

afterEach(stopAll);

interface RawClient {
  readonly transport: StreamableHttpClientTransport;
  readonly received: unknown[];
  request(id: string | number, method: string, params?: object): void;
}

/** A client of raw messages with a session. */
async function openClient(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<RawClient> {
  const transport = new StreamableHttpClientTransport({ url, headers });
  const received: unknown[] = [];
  transport.onraw = ({ message }) => received.push(message);
  await transport.start();
  const request = (id: string | number, method: string, params: object = {}): void => {
    transport.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params }), { requestId: id });
  };
  request('init', 'initialize', { protocolVersion: '2025-11-25' });
  await expect.poll(() => received.length).toBe(1);
  received.length = 0;
  return { transport, received, request };
}

describe('serveHttp', () => {
  it('serves each server under its name, and all under /mcp', async () => {
    const { gateway, url } = await startHttpGateway({ 'a b': server('echo'), c: server('echo') });
    for (const [path, status] of [
      ['/servers/a%20b/mcp', 400],
      ['/servers/c/mcp', 400],
      ['/mcp', 400],
      ['/servers/other/mcp', 404],
    ] as const) {
      const response = await fetch(new URL(path, url), {
        method: 'POST',
        headers: { accept: '*/*', 'content-type': 'application/json' },
        body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      });
      expect([path, response.status]).toEqual([path, status]);
    }
    expect(gateway.sessionCount).toBe(0);
  });

  it('says that it lives and is ready', async () => {
    const { url } = await startHttpGateway({ c: server('echo') });
    expect(await (await fetch(new URL('/health', url))).json()).toEqual({ status: 'ok' });
    const ready = await fetch(new URL('/ready', url));
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        servers: { c: { state: 'unknown', sessions: 0, starts: 0, failures: 0 } },
        sessions: 0,
      },
    ]);
  });

  it('refuses to listen beyond this machine without authentication', async () => {
    await expect(startHttpGateway({ c: server('echo') }, [], { host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'AUTH_REQUIRED',
    });
  });

  it('says why it cannot listen', async () => {
    const { gateway } = await startHttpGateway({ c: server('echo') });
    const port = Number(gateway.url.port);
    await expect(startHttpGateway({ c: server('echo') }, [], { port })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
    });
  });

  it('gives each client a server of its own, and ends it with the session', async () => {
    const { gateway, url } = await startHttpGateway({ c: server('environment') });
    const clients = [await openClient(url), await openClient(url)];
    expect(gateway.sessionCount).toBe(2);
    for (const { transport } of clients) await transport.close();
    await expect.poll(() => gateway.sessionCount).toBe(0);
  });

  it('never passes credentials of the client on, and gives no variables of ours to the server', async () => {
    process.env['MCPPLUGINS_TEST_SECRET'] = 'secret';
    try {
      const { url } = await startHttpGateway({ c: server('environment') });
      const client = await openClient(url, { authorization: 'Bearer client-token' });
      client.request(1, 'ping');
      await expect.poll(() => client.received.length).toBe(1);
      expect(JSON.stringify(client.received)).not.toMatch(/client-token|MCPPLUGINS_TEST_SECRET/);
      await client.transport.close();
    } finally {
      delete process.env['MCPPLUGINS_TEST_SECRET'];
    }
  });

  it('tells plugins who the client is', async () => {
    const users: unknown[] = [];
    const { url } = await startHttpGateway(
      { c: server('echo') },
      [{ tool_pre_invoke: (_payload, { user, serverId }) => void users.push([user, serverId]) }],
      {
        authenticate: ({ headers }) => ({ principal: headers.authorization?.slice('Bearer '.length) ?? '' }),
      },
    );
    const client = await openClient(url, { authorization: 'Bearer ada' });
    client.request(1, 'tools/call', { name: 't' });
    await expect.poll(() => client.received.length).toBe(1);
    expect(users).toEqual([['ada', 'c']]);
    await client.transport.close();
  });

  it('answers what is in flight when the server dies, and then does not know the session', async () => {
    const { gateway, url, logged } = await startHttpGateway({ c: server('die', '7') });
    const transport = new StreamableHttpClientTransport({ url });
    const received: unknown[] = [];
    transport.onraw = ({ message }) => received.push(message);
    await transport.start();
    transport.sendText('{"jsonrpc":"2.0","id":1,"method":"initialize"}', { requestId: 1 });
    await expect
      .poll(() => received)
      .toMatchObject([
        {
          id: 1,
          error: { code: -32000, message: 'server "c" ended with exit code 7', data: { upstream: 'c' } },
        },
      ]);
    await expect.poll(() => gateway.sessionCount).toBe(0);
    expect(logged).toContain('server "c" ended with exit code 7');
    await transport.close();
  });

  it('answers a client whose server cannot be started, without the reason', async () => {
    const { url, logged } = await startHttpGateway({ c: { command: 'no-such-server' } });
    const transport = new StreamableHttpClientTransport({ url });
    const received: unknown[] = [];
    transport.onraw = ({ message }) => received.push(message);
    await transport.start();
    transport.sendText('{"jsonrpc":"2.0","id":1,"method":"initialize"}', { requestId: 1 });
    await expect
      .poll(() => received)
      .toMatchObject([{ id: 1, error: { code: -32000, message: 'the server "c" could not be started' } }]);
    expect(logged.join()).toContain('no-such-server');
    expect(transport.sessionId).toBeUndefined();
    await transport.close();
  });

  it('ends the stream of a cancelled request and tells the server', async () => {
    const { url } = await startHttpGateway({ c: server('echo') });
    const client = await openClient(url);
    client.request(5, 'hang');
    await expect
      .poll(async () => {
        client.transport.sendText(
          '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}',
        );
        await new Promise((resolve) => setImmediate(resolve));
        return client.received;
      })
      .toMatchObject([{ params: { method: 'notifications/cancelled', params: { requestId: 5 } } }]);
    client.request(6, 'ping');
    await expect.poll(() => client.received.at(-1)).toMatchObject({ id: 6 });
    await client.transport.close();
  });

  it('takes a client that went away for one that cancels', async () => {
    const { url, gateway } = await startHttpGateway({ c: server('echo') });
    const client = await openClient(url);
    const session = String(client.transport.sessionId);
    const stop = new AbortController();
    const call = fetch(url, {
      method: 'POST',
      headers: { accept: '*/*', 'content-type': 'application/json', 'mcp-session-id': session },
      body: '{"jsonrpc":"2.0","id":5,"method":"hang"}',
      signal: stop.signal,
    }).catch(() => 'gone');
    client.request(6, 'ping');
    await expect.poll(() => client.received.some((one) => (one as { id?: unknown }).id === 6)).toBe(true);
    stop.abort();
    expect(await call).toBe('gone');
    client.transport.sendText('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    await expect.poll(() => JSON.stringify(client.received)).toContain('"requestId":5');
    expect(gateway.sessionCount).toBe(1);
    await client.transport.close();
  });

  it('answers what is in flight before it closes, and takes nothing new', async () => {
    const { gateway, url } = await startHttpGateway({ c: server('echo') }, [
      { tool_post_invoke: async () => new Promise((resolve) => setTimeout(resolve, 50)) },
    ]);
    const client = await openClient(url);
    client.request(1, 'tools/call', { name: 't' });
    await expect
      .poll(async () => (await fetch(new URL('/ready', url))).json())
      .toMatchObject({ sessions: 1 });
    await gateway.close();
    expect(client.received).toMatchObject([{ id: 1, result: {} }]);
    await client.transport.close();
  });
});
