import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { block, definePlugin, PluginManager, silentLogger } from '@mcpplugins/framework-core';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { generateKey, hashKey } from '../../src/auth/key-hash.js';
import { GatewayMetrics } from '../../src/operations/gateway-metrics.js';
import { gatewayHooks } from '../../src/hook-points/hook-points.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';

afterEach(stopAll);

const echo = {
  command: process.execPath,
  args: [fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url)), 'echo'],
  closeGraceMs: 200,
};

async function openClient(url: URL) {
  const transport = new StreamableHttpClientTransport({ url });
  const answers: unknown[] = [];
  transport.onraw = ({ message }) => {
    if ('id' in message) answers.push(message);
  };
  await transport.start();
  const request = (id: number | string, method: string, params: object = {}): void => {
    transport.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params }), { requestId: id });
  };
  request('open', 'initialize');
  await expect.poll(() => answers.length).toBe(1);
  answers.length = 0;
  return { transport, answers, request };
}

const get = async (url: URL, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(path, url), { headers });

describe('operations', () => {
  it('are ready while the plugins run', async () => {
    const manager = await PluginManager.start({ fires: gatewayHooks, plugins: [] });
    const { url } = await startHttpGateway({ c: echo }, [], { manager });
    expect((await get(url, '/ready')).status).toBe(200);
    await manager.shutdown();
    const response = await get(url, '/ready');
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        status: 'the plugins are not running',
        servers: { c: { state: 'unknown', sessions: 0, starts: 0, failures: 0 } },
        sessions: 0,
      },
    ]);
    expect((await get(url, '/health')).status).toBe(200);
  });

  it('show in /metrics what was called and decided, and no value of it', async () => {
    const metrics = new GatewayMetrics();
    const guard = definePlugin({
      name: 'guard',
      hooks: () => ({
        tool_pre_invoke: ({ name }) => (name === 'bad' ? block({ code: 'NO', reason: 'no' }) : undefined),
      }),
    });
    const manager = await PluginManager.start({
      fires: gatewayHooks,
      plugins: [{ config: { name: 'guard', kind: 'test' }, load: () => guard }],
      observers: [metrics.observer],
    });
    const { url } = await startHttpGateway({ c: echo }, [], { manager, metrics });
    const client = await openClient(url);
    client.request(1, 'tools/call', { name: 'good', arguments: { secret: 'hunter2' } });
    client.request(2, 'tools/call', { name: 'bad' });
    client.request(3, 'made/up');
    await expect.poll(() => client.answers.length).toBe(3);
    const text = await (await get(url, '/metrics')).text();
    expect(text).toContain('mcpplugins_calls_total{server="c",method="tools/call",outcome="result"} 1\n');
    expect(text).toContain('mcpplugins_calls_total{server="c",method="tools/call",outcome="blocked"} 1\n');
    expect(text).toContain('mcpplugins_calls_total{server="c",method="other",outcome="result"} 1\n');
    expect(text).toContain(
      'mcpplugins_decisions_total{server="c",plugin="guard",hook="tool_pre_invoke",status="ran",verdict="block"} 1\n',
    );
    expect(text).toContain('mcpplugins_sessions{server="c"} 1\n');
    expect(text).toContain('mcpplugins_calls_running 0\n');
    expect(text).not.toMatch(/hunter2|made\/up/);
    await client.transport.close();
  });

  it('show numbers and names only to those who may come in, and under names of this gateway', async () => {
    const key = generateKey();
    const auth = { keys: [{ name: 'prometheus', hash: hashKey(key) }] };
    const { url } = await startHttpGateway({ secret: echo }, [], { auth });
    expect((await get(url, '/metrics')).status).toBe(401);
    expect(await (await get(url, '/ready')).json()).toEqual({ status: 'ready' });
    const metrics = await get(url, '/metrics', { authorization: `Bearer ${key}` });
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('mcpplugins_http_refused_total{refusal="unauthorized"} 1\n');
    const evil = await get(url, '/metrics', {
      authorization: `Bearer ${key}`,
      origin: 'https://evil.example',
    });
    expect(evil.status).toBe(403);
  });

  it('log each call with fields and without values', async () => {
    const entries: [string, Readonly<Record<string, unknown>> | undefined][] = [];
    const keep = (message: string, data?: Readonly<Record<string, unknown>>): void =>
      void entries.push([message, data]);
    const { url } = await startHttpGateway({ c: echo }, [{ tool_pre_invoke: () => undefined }], {
      logger: { ...silentLogger, debug: keep, info: keep },
    });
    const client = await openClient(url);
    client.request('x'.repeat(100), 'tools/call', { name: 't', arguments: { secret: 'hunter2' } });
    await expect.poll(() => client.answers.length).toBe(1);
    const session = client.transport.sessionId;
    expect(entries).toContainEqual([
      'tools/call',
      {
        id: `${'x'.repeat(64)}…`,
        request: `${session}-1`,
        session,
        server: 'c',
        ms: expect.any(Number),
        outcome: 'result',
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
    await client.transport.close();
  });

  it('let requests wait, turn away what is too much, and serve others meanwhile', async () => {
    const { url } = await startHttpGateway({ c: echo }, [], {
      limits: { maxConcurrentCallsPerSession: 1, maxWaitingCalls: 1 },
    });
    const [busy, other] = [await openClient(url), await openClient(url)];
    busy.request(1, 'hang');
    busy.request(2, 'tools/list');
    await expect
      .poll(async () => (await get(url, '/metrics')).text())
      .toContain('mcpplugins_calls_waiting 1\n');
    busy.request(3, 'tools/list');
    await expect
      .poll(() => busy.answers)
      .toMatchObject([{ id: 3, error: { code: -32000, data: { code: 'OVERLOADED' } } }]);
    other.request(1, 'tools/list');
    await expect.poll(() => other.answers).toMatchObject([{ id: 1, result: { method: 'tools/list' } }]);
    busy.transport.sendText('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}');
    await expect.poll(() => busy.answers[1]).toMatchObject({ id: 2, result: { method: 'tools/list' } });
    const text = await (await get(url, '/metrics')).text();
    expect(text).toContain('mcpplugins_calls_total{server="c",method="other",outcome="cancelled"} 1\n');
    expect(text).toContain('mcpplugins_calls_total{server="c",method="tools/list",outcome="overloaded"} 1\n');
    await Promise.all([busy.transport.close(), other.transport.close()]);
  });
});
