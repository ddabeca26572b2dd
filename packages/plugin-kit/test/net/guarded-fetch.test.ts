import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createGuardedFetch, type GuardedFetchOptions } from '../../src/net/guarded-fetch.js';
import { startLoopback } from '../support/loopback.js';

/** A fetch for which this machine is the internet. */
const openFetch = (options: GuardedFetchOptions = {}) =>
  createGuardedFetch({
    ...options,
    resolveHost: options.resolveHost ?? (async () => ['127.0.0.1']),
    policy: { privateHosts: ['127.0.0.1'], ...options.policy },
  });

const refused = (code: string) =>
  expect.objectContaining({ code: 'NET_REFUSED', refusal: expect.objectContaining({ code }) });

describe('createGuardedFetch', () => {
  it('gives a standard response with its final URL', async () => {
    await using server = await startLoopback((request, response) => {
      response.setHeader('x-method', request.method ?? '').end('{"a":1}');
    });
    await using guarded = openFetch();
    const response = await guarded.fetch(`http://name.example:${server.port}/x`, {
      method: 'post',
      body: 'hello',
    });
    expect(response).toBeInstanceOf(Response);
    expect(response.status).toBe(200);
    expect(response.url).toBe(`http://name.example:${server.port}/x`);
    expect(response.headers.get('x-method')).toBe('POST');
    expect(await response.json()).toEqual({ a: 1 });
  });

  it('asks DNS once for a connection', async () => {
    await using server = await startLoopback((_request, response) => response.end());
    let queries = 0;
    const resolveHost = async () => {
      queries++;
      return ['127.0.0.1'];
    };
    await using guarded = openFetch({ resolveHost });
    await guarded.fetch(`http://name.example:${server.port}/`);
    expect(queries).toBe(1);
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://localhost:PORT/',
  ])('opens no socket to %s', async (template) => {
    await using server = await startLoopback((_request, response) => response.end());
    await using guarded = createGuardedFetch();
    await expect(guarded.fetch(template.replace('PORT', String(server.port)))).rejects.toThrowError(
      refused('PRIVATE_ADDRESS'),
    );
    expect(server.connections).toBe(0);
  });

  it('refuses what DNS makes private, and what it does not know', async () => {
    await using server = await startLoopback((_request, response) => response.end());
    await using tricked = createGuardedFetch({ resolveHost: async () => ['127.0.0.1'] });
    await expect(tricked.fetch(`http://localtest.example:${server.port}/`)).rejects.toThrowError(
      refused('PRIVATE_ADDRESS'),
    );
    await using lost = createGuardedFetch({ resolveHost: async () => [] });
    await expect(lost.fetch(`http://name.example:${server.port}/`)).rejects.toThrowError(
      refused('DNS_FAILED'),
    );
    expect(server.connections).toBe(0);
  });

  it('follows redirects within the policy, without credentials to another origin', async () => {
    await using target = await startLoopback((request, response) => {
      response.end(request.headers.authorization ?? 'none');
    });
    await using first = await startLoopback((_request, response) => {
      response.writeHead(302, { location: `http://b.example:${target.port}/` }).end();
    });
    await using guarded = openFetch();
    const response = await guarded.fetch(`http://a.example:${first.port}/`, {
      headers: { authorization: 'secret' },
    });
    expect(await response.text()).toBe('none');
  });

  it('refuses a redirect to an address or a name that the policy closes', async () => {
    await using blocked = await startLoopback((_request, response) => response.end());
    for (const host of ['127.0.0.1', 'b.example']) {
      await using first = await startLoopback(
        (_request, response) => {
          response.writeHead(302, { location: `http://${host}:${blocked.port}/` }).end();
        },
        { host: '127.0.0.2' },
      );
      await using guarded = openFetch({
        policy: { privateHosts: ['127.0.0.2'] },
        resolveHost: async (name) => [name === 'a.example' ? '127.0.0.2' : '127.0.0.1'],
      });
      await expect(guarded.fetch(`http://a.example:${first.port}/`)).rejects.toThrowError(
        expect.objectContaining({
          refusal: expect.objectContaining({
            code: 'REDIRECT_BLOCKED',
            target: expect.objectContaining({ code: 'PRIVATE_ADDRESS' }),
          }),
        }),
      );
    }
    expect(blocked.connections).toBe(0);
  });

  it('gives up on a circle of redirects', async () => {
    let requests = 0;
    await using server = await startLoopback((_request, response) => {
      requests++;
      response.writeHead(302, { location: '/again' }).end();
    });
    await using guarded = openFetch({ maxRedirects: 3 });
    await expect(guarded.fetch(`http://a.example:${server.port}/`)).rejects.toThrowError(
      refused('REDIRECT_BLOCKED'),
    );
    expect(requests).toBe(4);
  });

  it('stops reading at the limit, also of what is compressed', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    await using server = await startLoopback((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    await using guarded = openFetch({ maxResponseBytes: 100_000 });
    await expect(guarded.fetch(`http://a.example:${server.port}/`)).rejects.toThrowError(
      expect.objectContaining({ code: 'NET_RESPONSE_TOO_LARGE' }),
    );
  });

  it('is over when its time is, whether headers or body are late', async () => {
    await using silent = await startLoopback(() => undefined);
    await using slow = await startLoopback((_request, response) => response.write('a'));
    await using guarded = openFetch({ timeoutMs: 50 });
    for (const { port } of [silent, slow]) {
      await expect(guarded.fetch(`http://a.example:${port}/`)).rejects.toThrowError(
        expect.objectContaining({ code: 'NET_TIMEOUT' }),
      );
    }
  });

  it('is over when DNS does not answer in time', async () => {
    await using guarded = openFetch({ timeoutMs: 50, resolveHost: () => new Promise(() => undefined) });
    await expect(guarded.fetch('http://a.example/')).rejects.toThrowError(
      expect.objectContaining({ code: 'NET_TIMEOUT' }),
    );
  });

  it('rejects with the reason of the caller who gave up', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    await using server = await startLoopback(() => controller.abort(reason));
    await using guarded = openFetch();
    await expect(
      guarded.fetch(`http://a.example:${server.port}/`, { signal: controller.signal }),
    ).rejects.toBe(reason);
  });

  it('says that nobody listens', async () => {
    const { port } = await startLoopback(() => undefined).then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server;
    });
    await using guarded = openFetch();
    await expect(guarded.fetch(`http://a.example:${port}/`)).rejects.toThrowError(
      expect.objectContaining({ code: 'NET_UNREACHABLE', message: `a.example:${port} cannot be reached` }),
    );
  });
});
