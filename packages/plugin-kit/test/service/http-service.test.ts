import type { IncomingMessage, ServerResponse } from 'node:http';
import { silentLogger } from '@mcpplugins/framework-core';
import { describe, expect, it, vi } from 'vitest';
import { createHttpService, createMemoryStore, type HttpServiceOptions } from '../../src/index.js';
import { startLoopback } from '../support/loopback.js';

type Step = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (value: unknown): Step =>
  (_request, response) =>
    void response.end(JSON.stringify(value));
const status =
  (code: number, headers: Record<string, string> = {}): Step =>
  (_request, response) =>
    void response.writeHead(code, headers).end('{}');

/** A service that answers with one step after the other, and stays with the last. */
async function startService(...steps: readonly Step[]) {
  const seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = await startLoopback((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const step = steps[Math.min(seen.length, steps.length - 1)];
      const { method = '', url = '', headers } = request;
      seen.push({ method, path: url, headers, body });
      step?.(request, response);
    });
  });
  return {
    seen,
    url: `http://127.0.0.1:${server.port}`,
    ask: async (options: Partial<HttpServiceOptions> = {}, question: { tenantId?: string } = {}) => {
      await using service = createHttpService({
        name: 'checker',
        url: `http://127.0.0.1:${server.port}/v1`,
        retryDelayMs: 1,
        ...options,
      });
      return await service.ask({ path: '/check', body: { text: 'hello' }, parse: readVerdict, ...question });
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function readVerdict(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'verdict' in answer) return String(answer.verdict);
  throw new Error('no verdict');
}

describe('HttpService.ask', () => {
  it('sends JSON and credentials below its URL, and parses the answer', async () => {
    await using service = await startService(json({ verdict: 'safe' }));
    expect(await service.ask({ headers: { authorization: 'Bearer key' } })).toEqual({
      ok: true,
      value: 'safe',
      isCached: false,
    });
    expect(service.seen).toMatchObject([
      {
        method: 'POST',
        path: '/v1/check',
        body: '{"text":"hello"}',
        headers: {
          authorization: 'Bearer key',
          accept: 'application/json',
          'content-type': 'application/json',
        },
      },
    ]);
  });

  it('asks without a body by GET, with the query as given', async () => {
    await using server = await startService(json({ verdict: 'x' }));
    await using service = createHttpService({ name: 'checker', url: `${server.url}/base/` });
    await service.ask({ path: '/a?b=c%20d', parse: readVerdict });
    expect(server.seen).toMatchObject([{ method: 'GET', path: '/base/a?b=c%20d', body: '' }]);
  });

  it('asks again after failures that pass', async () => {
    await using service = await startService(status(503), status(429), json({ verdict: 'late' }));
    expect(await service.ask()).toMatchObject({ ok: true, value: 'late' });
    expect(service.seen).toHaveLength(3);
  });

  it('gives up after its tries', async () => {
    await using service = await startService(status(503));
    const answer = await service.ask({ retries: 1 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'SERVICE_UNAVAILABLE' } });
    expect(service.seen).toHaveLength(2);
  });

  it.each([400, 401, 403, 404, 302])('does not ask again after status %i', async (code) => {
    await using service = await startService(status(code, { location: '/elsewhere' }));
    expect(await service.ask()).toMatchObject({ ok: false, error: { code: 'SERVICE_REJECTED' } });
    expect(service.seen).toHaveLength(1);
  });

  it('does not wait longer than its deadline because it is asked to', async () => {
    await using service = await startService(status(429, { 'retry-after': '3600' }));
    expect(await service.ask()).toMatchObject({ ok: false, error: { code: 'SERVICE_UNAVAILABLE' } });
    expect(service.seen).toHaveLength(1);
  });

  it('is over at its deadline, all tries included', async () => {
    await using service = await startService(() => undefined);
    expect(await service.ask({ timeoutMs: 40 })).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_TIMEOUT', message: expect.stringContaining('40 ms') },
    });
  });

  it('rejects with the reason of a caller who gave up', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    await using server = await startService(() => controller.abort(reason));
    await using service = createHttpService({ name: 'checker', url: server.url });
    await expect(service.ask({ parse: readVerdict, signal: controller.signal })).rejects.toBe(reason);
  });

  it.each([
    ['no JSON', (_request: IncomingMessage, response: ServerResponse) => void response.end('<html>')],
    ['another form', json({ other: 1 })],
    ['too much', json({ verdict: 'x'.repeat(1000) })],
  ])('does not understand %s', async (_what, step) => {
    await using service = await startService(step);
    expect(await service.ask({ maxResponseBytes: 100 })).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_ANSWER_INVALID' },
    });
  });

  it('says that nobody is there', async () => {
    const service = await startService(json({}));
    await service[Symbol.asyncDispose]();
    expect(await service.ask()).toMatchObject({ ok: false, error: { code: 'SERVICE_UNAVAILABLE' } });
  });
});

describe('fail mode', () => {
  it('closed refuses with a violation', async () => {
    await using service = await startService(status(503));
    expect(await service.ask({ retries: 0 })).toMatchObject({
      result: {
        continueProcessing: false,
        violation: { code: 'SERVICE_UNAVAILABLE', details: { service: 'checker' }, httpStatusCode: 503 },
      },
    });
  });

  it('open lets pass what a service that is away would have checked, and logs it as an error', async () => {
    await using server = await startService(status(503));
    await using service = createHttpService({
      name: 'checker',
      url: server.url,
      retries: 0,
      failMode: 'open',
    });
    const error = vi.fn<(message: string, data?: unknown) => void>();
    const answer = await service.ask({ parse: readVerdict, logger: { ...silentLogger, error } });
    expect(answer).toMatchObject({
      result: { continueProcessing: true, metadata: { service_unavailable: 'checker' } },
    });
    expect(error).toHaveBeenCalledWith(expect.any(String), {
      service: 'checker',
      code: 'SERVICE_UNAVAILABLE',
      fail_mode: 'open',
    });
  });

  it.each([
    ['refuses our key', status(401), 'SERVICE_REJECTED'],
    ['answers nonsense', json([]), 'SERVICE_ANSWER_INVALID'],
  ])('open stays closed when the service %s', async (_what, step, code) => {
    await using service = await startService(step);
    expect(await service.ask({ failMode: 'open' })).toMatchObject({
      result: { continueProcessing: false, violation: { code } },
    });
  });
});

describe('cache', () => {
  it('keeps good answers, apart for each tenant and question', async () => {
    await using server = await startService(json({ verdict: 'safe' }));
    const cache = { store: createMemoryStore(), ttlMs: 1000 };
    await server.ask({ cache }, { tenantId: 'a' });
    expect(await server.ask({ cache }, { tenantId: 'a' })).toEqual({
      ok: true,
      value: 'safe',
      isCached: true,
    });
    expect(await server.ask({ cache }, { tenantId: 'b' })).toMatchObject({ isCached: false });
    expect(await server.ask({ cache, url: `${server.url}/v2` }, { tenantId: 'a' })).toMatchObject({
      isCached: false,
    });
    expect(server.seen).toHaveLength(3);
  });

  it('keeps no failure and no answer that is not understood', async () => {
    await using server = await startService(json({ other: 1 }), status(400), json({ verdict: 'safe' }));
    const cache = { store: createMemoryStore(), ttlMs: 1000 };
    await server.ask({ cache });
    await server.ask({ cache });
    expect(await server.ask({ cache })).toMatchObject({ ok: true, isCached: false });
  });

  it('that fails costs nothing but itself', async () => {
    await using server = await startService(json({ verdict: 'safe' }));
    const broken = () => Promise.reject(new Error('down'));
    const scope = { get: broken, set: broken, delete: broken, increment: broken, clear: broken };
    const store = { ...createMemoryStore(), scope: () => scope };
    expect(await server.ask({ cache: { store, ttlMs: 1000 } })).toMatchObject({ ok: true, value: 'safe' });
  });
});

describe('createHttpService', () => {
  it.each([
    ['ftp://example.com', {}],
    ['example.com', {}],
    ['http://example.com', {}],
    ['https://user:secret@example.com', {}],
  ])('refuses the URL %s', (url, options) =>
    expect(() => createHttpService({ name: 'checker', url, ...options })).toThrowError(
      expect.objectContaining({
        code: 'SERVICE_URL_INVALID',
        message: expect.not.stringContaining('secret'),
      }),
    ),
  );

  it.each([
    ['https://example.com', {}],
    ['http://localhost:8181', {}],
    ['http://opa.internal:8181', {}],
    ['http://opa:8181', { allowPrivateAddress: true }],
  ])('takes the URL %s', (url, options) =>
    expect(createHttpService({ name: 'checker', url, ...options })).toBeDefined(),
  );

  it('reaches a name with a private address only when that is allowed', async () => {
    await using server = await startLoopback((_request, response) => response.end('{"verdict":"safe"}'));
    const place = {
      name: 'checker',
      url: `http://opa.example:${server.port}`,
      resolveHost: async () => ['127.0.0.1'],
    };
    await using open = createHttpService({ ...place, allowPrivateAddress: true });
    expect(await open.ask({ parse: readVerdict })).toMatchObject({ ok: true });
    const connections = server.connections;
    await using closed = createHttpService({ ...place, url: `https://opa.example:${server.port}` });
    expect(await closed.ask({ parse: readVerdict })).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_REJECTED' },
    });
    expect(server.connections).toBe(connections);
  });

  it.each(['//evil.example/x', '/../x', '?a=//evil.example'])(
    'stays with its origin when asked for %s',
    async (path) => {
      await using server = await startService(json({ verdict: 'x' }));
      await using service = createHttpService({ name: 'checker', url: server.url });
      expect(await service.ask({ path, parse: readVerdict })).toMatchObject({ ok: true });
      expect(server.seen).toHaveLength(1);
    },
  );

  it('takes no path without a slash at its start', async () => {
    await using service = createHttpService({ name: 'checker', url: 'https://example.com' });
    await expect(service.ask({ path: '.evil.example', parse: readVerdict })).rejects.toThrowError(
      expect.objectContaining({ code: 'SERVICE_URL_INVALID' }),
    );
  });
});
