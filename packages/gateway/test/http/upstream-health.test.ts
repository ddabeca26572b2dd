import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { afterEach, describe, expect, it } from 'vitest';
import { generateKey, hashKey } from '../../src/auth/key-hash.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';
import { connectClient } from '../support/start-stdio.js';

afterEach(stopAll);

const file = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const server = (...args: readonly string[]) => ({
  command: process.execPath,
  args: [file, ...args],
  closeGraceMs: 200,
});
const echo = server('echo');
const broken = server('exit', '1');

interface Ready {
  readonly status: string;
  readonly servers?: Readonly<Record<string, object>>;
}

async function ready(url: URL, headers: Record<string, string> = {}): Promise<[number, Ready]> {
  const response = await fetch(new URL('/ready', url), { headers });
  return [response.status, (await response.json()) as Ready];
}

/** Opens a session; resolves once `initialize` is answered, with a result or an error. */
async function open(url: URL, path: string) {
  const transport = new StreamableHttpClientTransport({ url: new URL(path, url) });
  const answers: unknown[] = [];
  transport.onraw = ({ message }) => void answers.push(message);
  await transport.start();
  const request = async (id: number, method: string): Promise<unknown> => {
    transport.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params: {} }), { requestId: id });
    const isAnswered = (): boolean => answers.some((answer) => (answer as { id?: unknown }).id === id);
    return expect.poll(isAnswered, { timeout: 20_000 }).toBe(true);
  };
  await request(1, 'initialize');
  return { transport, request };
}

describe('the health of servers', () => {
  it('is unknown, then that of the last connection; one that fails does not make the gateway unready', async () => {
    const { url, logged } = await startHttpGateway({ good: echo, bad: broken });
    expect(await ready(url)).toMatchObject([
      200,
      { status: 'ready', servers: { good: { state: 'unknown' }, bad: { state: 'unknown' } } },
    ]);
    const good = await open(url, '/servers/good/mcp');
    for (let time = 0; time < 4; time++) await open(url, '/servers/bad/mcp');
    expect(await ready(url)).toMatchObject([
      200,
      {
        status: 'degraded',
        servers: {
          good: { state: 'ready', sessions: 1, starts: 1, failures: 0 },
          bad: {
            state: 'failed',
            sessions: 0,
            starts: 4,
            failures: 4,
            lastError: { code: 'UPSTREAM_EXITED', message: 'server "bad" ended with exit code 1' },
          },
        },
      },
    ]);
    const metrics = await (await fetch(new URL('/metrics', url))).text();
    expect(metrics).toContain('mcpplugins_upstream_up{server="good"} 1\n');
    expect(metrics).toContain('mcpplugins_upstream_up{server="bad"} 0\n');
    expect(metrics).toContain('mcpplugins_upstream_failures_total{server="bad"} 4\n');
    expect(logged.filter((line) => / is ready|degraded|in a row/.test(line))).toEqual([
      'server "good" is ready',
      'server "bad" is degraded',
      'server "bad" has failed several times in a row',
    ]);
    await good.transport.close();
    await expect
      .poll(() => ready(url))
      .toMatchObject([200, { servers: { good: { state: 'ready', sessions: 0 } } }]);
  });

  it('says that all fail, and stays ready: a new session is what tries them again', async () => {
    const { url } = await startHttpGateway({ bad: broken });
    for (let time = 0; time < 3; time++) await open(url, '/servers/bad/mcp');
    expect(await ready(url)).toMatchObject([200, { status: 'failing' }]);
  });

  it('of a command that does not exist is told without the command', async () => {
    const { url, logged } = await startHttpGateway({ bad: { command: '/no/such/secret' } });
    await open(url, '/servers/bad/mcp');
    const [, { servers }] = await ready(url);
    expect(servers).toMatchObject({
      bad: {
        state: 'degraded',
        lastError: { code: 'COMMAND_NOT_FOUND', message: 'its command does not exist' },
      },
    });
    expect(JSON.stringify(servers)).not.toContain('secret');
    expect(logged.join('\n')).toContain('/no/such/secret');
  });

  it('begins anew for a server whose configuration changed', async () => {
    const { gateway, url } = await startHttpGateway({ one: broken });
    await open(url, '/servers/one/mcp');
    await gateway.setServers({ one: echo });
    expect(await ready(url)).toMatchObject([
      200,
      { status: 'ready', servers: { one: { state: 'unknown' } } },
    ]);
  });

  it('is that of each server of a merged session, and of its restart', async () => {
    const lists = fileURLToPath(new URL('../fixtures/lists-server.mjs', import.meta.url));
    const listing = (name: string) => ({ ...echo, args: [lists, name] });
    const { url } = await startHttpGateway({ a: listing('a'), b: listing('b'), bad: broken });
    const { client } = await connectClient(new StreamableHttpClientTransport({ url }));
    const well = { state: 'ready', sessions: 1, starts: 1, failures: 0 };
    expect(await ready(url)).toMatchObject([
      200,
      { status: 'degraded', servers: { a: well, b: well, bad: { state: 'degraded', failures: 1 } } },
    ]);
    const say = (more: object) => client.callTool({ name: 'a__say', arguments: { word: 'x', ...more } });
    await expect(say({ die: true })).rejects.toThrow('server "a"');
    expect(await ready(url)).toMatchObject([
      200,
      { servers: { a: { state: 'degraded', sessions: 0, failures: 1 }, b: well } },
    ]);
    // It is started again after a pause, and refuses until then.
    const again = () =>
      say({}).then(
        () => 'answered',
        () => 'refused',
      );
    await expect.poll(again, { timeout: 20_000 }).toBe('answered');
    expect(await ready(url)).toMatchObject([
      200,
      { servers: { a: { state: 'ready', sessions: 1, starts: 2, failures: 1 } } },
    ]);
    await client.close();
    await expect
      .poll(() => ready(url))
      .toMatchObject([200, { servers: { a: { sessions: 0 }, b: { sessions: 0 } } }]);
  });
});

describe('the health of a server over HTTP', () => {
  /** A server that answers with `status`, where 200 is a result. */
  async function startFlaky() {
    const behaviour = { status: 200 };
    const flaky: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const id = body === '' ? undefined : (JSON.parse(body) as { id?: number }).id;
        const headers = { 'content-type': 'application/json', 'mcp-session-id': 'one' };
        if (request.method === 'GET') response.writeHead(405).end();
        else if (behaviour.status !== 200) response.writeHead(behaviour.status).end();
        else response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
      });
    });
    await new Promise<void>((resolve) => flaky.listen(0, '127.0.0.1', resolve));
    const { port } = flaky.address() as AddressInfo;
    return {
      behaviour,
      url: `http://127.0.0.1:${port}/mcp`,
      stop: async () => {
        flaky.closeAllConnections();
        await new Promise((resolve) => flaky.close(resolve));
      },
    };
  }

  it('is degraded by a request that it refuses, and ready with its next answer', async () => {
    const flaky = await startFlaky();
    const { url } = await startHttpGateway({ far: { url: flaky.url } });
    const { transport, request } = await open(url, '/servers/far/mcp');
    flaky.behaviour.status = 503;
    await request(2, 'tools/list');
    expect(await ready(url)).toMatchObject([
      200,
      {
        status: 'degraded',
        servers: {
          far: {
            state: 'degraded',
            sessions: 1,
            lastError: { code: 'HTTP_STATUS', message: 'it answered with HTTP 503' },
          },
        },
      },
    ]);
    flaky.behaviour.status = 200;
    await request(3, 'tools/list');
    expect(await ready(url)).toMatchObject([
      200,
      { status: 'ready', servers: { far: { state: 'ready', failures: 1 } } },
    ]);
    await transport.close();
    await flaky.stop();
  });

  it('is degraded by a session that it no longer knows, and by an address at which nobody is', async () => {
    const flaky = await startFlaky();
    const { url } = await startHttpGateway({ far: { url: flaky.url } });
    const { request } = await open(url, '/servers/far/mcp');
    flaky.behaviour.status = 404;
    await request(2, 'tools/list');
    const far = {
      state: 'degraded',
      sessions: 0,
      failures: 1,
      lastError: { code: 'SESSION_GONE', message: 'it no longer knows the session' },
    };
    await expect.poll(() => ready(url)).toMatchObject([200, { servers: { far } }]);
    await flaky.stop();
    await open(url, '/servers/far/mcp');
    expect(await ready(url)).toMatchObject([
      200,
      { servers: { far: { failures: 2, lastError: { code: 'STREAM_FAILED' } } } },
    ]);
  });
});

describe('what /ready says of servers', () => {
  it('is for those who may come in; others learn how the gateway is, and are not refused', async () => {
    const key = generateKey();
    const { url, logged } = await startHttpGateway({ hidden: broken }, [], {
      auth: { keys: [{ name: 'operator', hash: hashKey(key) }] },
    });
    expect(await ready(url)).toEqual([200, { status: 'ready' }]);
    expect(logged).toEqual([]);
    expect(await ready(url, { authorization: 'Bearer wrong' })).toEqual([200, { status: 'ready' }]);
    expect(await ready(url, { authorization: `Bearer ${key}` })).toMatchObject([
      200,
      { status: 'ready', servers: { hidden: { state: 'unknown' } }, sessions: 0 },
    ]);
  });

  it('is not for a web page that has its own name point here', async () => {
    const { url } = await startHttpGateway({ hidden: echo });
    const body = await new Promise<string>((resolve, reject) => {
      const sent = httpRequest(new URL('/ready', url), { headers: { host: 'evil.example' } }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve(text));
      });
      sent.on('error', reject).end();
    });
    expect(JSON.parse(body)).toEqual({ status: 'ready' });
  });
});
