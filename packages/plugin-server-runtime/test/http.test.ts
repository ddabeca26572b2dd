import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { servePlugins, type ServerSettingsInput } from '../src/index.js';
import { guard, initialize, mcpHeaders, preInvoke, send, toolCall } from './support/raw-client.js';

function serve(settings: ServerSettingsInput = {}, more: object = {}) {
  return servePlugins({ plugins: [guard()], transport: 'http', settings: { port: 0, ...settings }, ...more });
}

async function openSession(url: string): Promise<Readonly<Record<string, string>>> {
  const { headers } = await send(url, { headers: mcpHeaders, body: initialize });
  return { ...mcpHeaders, 'mcp-session-id': String(headers['mcp-session-id']) };
}

describe('a plugin server over HTTP', () => {
  it('has sessions, and forgets one that it does not know with 404, so that Python hosts connect anew', async () => {
    await using server = await serve();
    const headers = await openSession(server.address);
    const call = toolCall(1, 'invoke_hook', preInvoke({ do: 'block' }));
    const { status, text } = await send(server.address, { headers, body: call });
    expect(status).toBe(200);
    expect(text).toContain('continue_processing');
    const other = { ...headers, 'mcp-session-id': 'unknown' };
    expect((await send(server.address, { headers: other, body: call })).status).toBe(404);
  });

  it('answers every request by itself when it is stateless', async () => {
    await using server = await serve({ stateless: true });
    const call = toolCall(1, 'get_plugin_config', { name: 'Guard' });
    const { status, headers, text } = await send(server.address, { headers: mcpHeaders, body: call });
    expect([status, headers['mcp-session-id']]).toEqual([200, undefined]);
    expect(text).toContain('Guard');
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect((await send(server.address, { headers: mcpHeaders, body: notification })).status).toBe(202);
  });

  it.each([
    ['GET', {}, 405],
    ['no JSON', { body: '{', headers: mcpHeaders }, 400],
    ['no JSON-RPC', { body: '[]', headers: mcpHeaders }, 400],
    ['another content type', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['too much', { body: `"${'x'.repeat(2000)}"`, headers: mcpHeaders }, 413],
  ])('refuses %s when it is stateless', async (_, options, status) => {
    await using server = await serve({ stateless: true, maxMessageBytes: 1000 });
    expect((await send(server.address, options)).status).toBe(status);
  });

  it.each([{ stateless: false }, { stateless: true }])(
    'refuses other hosts and origins: %j',
    async (settings) => {
      await using server = await serve(settings);
      const foreignHost = { ...mcpHeaders, host: 'evil.example' };
      const foreignPage = { ...mcpHeaders, origin: 'https://evil.example' };
      expect((await send(server.address, { headers: foreignHost, body: initialize })).status).toBe(403);
      expect((await send(server.address, { headers: foreignPage, body: initialize })).status).toBe(403);
    },
  );

  it('knows any name of its own when it listens for other machines, but no pages', async () => {
    await using server = await serve({ host: '0.0.0.0' });
    const url = server.address.replace('0.0.0.0', '127.0.0.1');
    const named = { ...mcpHeaders, host: 'plugins.internal' };
    expect((await send(url, { headers: named, body: initialize })).status).toBe(200);
    const page = { ...named, origin: 'https://plugins.evil' };
    expect((await send(url, { headers: page, body: initialize })).status).toBe(403);
  });

  it('wants its token, but not for health checks', async () => {
    await using server = await serve({ auth: { type: 'bearer', token: 'secret' } });
    const { origin } = new URL(server.address);
    expect((await send(server.address, { headers: mcpHeaders, body: initialize })).status).toBe(401);
    const wrong = { ...mcpHeaders, authorization: 'Bearer secre' };
    expect((await send(server.address, { headers: wrong, body: initialize })).status).toBe(401);
    const right = { ...mcpHeaders, authorization: 'Bearer secret' };
    expect((await send(server.address, { headers: right, body: initialize })).status).toBe(200);
    expect((await send(`${origin}/metrics`)).status).toBe(401);
    expect(JSON.parse((await send(`${origin}/health`)).text)).toEqual({ status: 'healthy' });
  });

  it('counts calls', async () => {
    await using server = await serve({ stateless: true });
    const { origin } = new URL(server.address);
    for (const what of ['block', 'none', 'throw']) {
      await send(server.address, {
        headers: mcpHeaders,
        body: toolCall(1, 'invoke_hook', preInvoke({ do: what })),
      });
    }
    const { text } = await send(`${origin}/metrics/prometheus`);
    expect(text).toContain(
      'mcpplugins_hook_calls_total{plugin="Guard",hook="tool_pre_invoke",end="refused"} 1',
    );
    expect(text).toContain(
      'mcpplugins_hook_calls_total{plugin="Guard",hook="tool_pre_invoke",end="proceeded"} 1',
    );
    expect(text).toContain('end="failed"} 1');
    expect(text).toContain(
      'plugin_info{server_name="MCP Plugin Server",transport="streamablehttp",ssl_enabled="false"} 1',
    );
  });

  it('has no metrics when they are switched off', async () => {
    await using server = await serve({}, { metrics: false });
    expect((await send(`${new URL(server.address).origin}/metrics/prometheus`)).status).toBe(503);
  });

  it('lets calls finish when it is stopped, and is not ready meanwhile', async () => {
    const server = await serve({ stateless: true });
    const waiting = send(server.address, {
      headers: mcpHeaders,
      body: toolCall(1, 'invoke_hook', preInvoke({ do: 'wait' })),
    });
    const { origin } = new URL(server.address);
    await expect.poll(async () => (await send(`${origin}/ready`)).status).toBe(200);
    const closing = server.close();
    expect((await waiting).text).toContain('waited');
    await closing;
    await expect(send(`${origin}/health`)).rejects.toThrow('ECONNREFUSED');
  });

  it('refuses more calls at a time than it takes', async () => {
    await using server = await serve({ stateless: true, maxConcurrentCalls: 1 });
    const call = { headers: mcpHeaders, body: toolCall(1, 'invoke_hook', preInvoke({ do: 'wait' })) };
    const answers = await Promise.all([send(server.address, call), send(server.address, call)]);
    expect(answers.filter(({ text }) => text.includes('too many calls'))).toHaveLength(1);
  });
});

describe('a plugin server on a unix socket', () => {
  it('is for its own user only, and takes over a socket that nobody listens on', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mcpplugins-uds-'));
    const uds = path.join(folder, 's.sock');
    try {
      const first = createServer().listen(uds);
      await expect(serve({ uds })).rejects.toThrow(/another server listens/);
      await new Promise((resolve) => first.close(resolve));
      await using server = await serve({ uds });
      expect(server.address).toBe(uds);
      expect(statSync(uds).mode & 0o777).toBe(0o600);
      const { status } = await send('http://localhost/mcp', {
        socketPath: uds,
        headers: mcpHeaders,
        body: initialize,
      });
      expect(status).toBe(200);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('does not replace a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mcpplugins-uds-'));
    writeFileSync(path.join(folder, 'file'), 'precious');
    await expect(serve({ uds: path.join(folder, 'file') })).rejects.toMatchObject({
      code: 'SERVER_LISTEN_FAILED',
    });
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('precious');
    rmSync(folder, { recursive: true });
  });
});

describe('a plugin server with TLS', () => {
  const file = (name: string) => path.join(import.meta.dirname, '../../testing/test/fixtures/tls', name);
  const tls = { certfile: file('server.pem'), keyfile: file('server.key'), caBundle: file('authority.pem') };
  const ca = readFileSync(file('authority.pem'));
  const shows = (name: string) => ({
    cert: readFileSync(file(`${name}.pem`)),
    key: readFileSync(file(`${name}.key`)),
  });

  it('wants a client certificate of its authority by default, and has plain health checks beside', async () => {
    await using server = await serve({ host: 'localhost', tls });
    const request = { ca, headers: mcpHeaders, body: initialize };
    expect((await send(server.address, { ...request, ...shows('client') })).status).toBe(200);
    await expect(send(server.address, request)).rejects.toThrow();
    await expect(send(server.address, { ...request, ...shows('other-client') })).rejects.toThrow();
    await expect(send(server.address, { ...request, ...shows('expired-client') })).rejects.toThrow();
    expect((await send(`${server.healthAddress}/health`)).status).toBe(200);
    expect((await send(`${server.healthAddress}/mcp`)).status).toBe(404);
  });

  it('wants none when it is told so', async () => {
    await using server = await serve({ host: 'localhost', tls: { ...tls, sslCertReqs: 0 } });
    expect((await send(server.address, { ca, headers: mcpHeaders, body: initialize })).status).toBe(200);
  });

  it.each([
    ['a certificate that is not there', { ...tls, certfile: 'none.pem' }, 'certfile cannot be read'],
    ['a key of another certificate', { ...tls, keyfile: file('client.key') }, 'cannot be used'],
    [
      'no authority for the certificates that it wants',
      { ...tls, caBundle: undefined },
      'does not say whose',
    ],
  ])('does not start with %s', async (_, wrong, message) => {
    await expect(serve({ tls: wrong })).rejects.toThrow(message);
  });
});
