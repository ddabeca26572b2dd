import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../src/errors/transport-error.js';
import type { AroundRequest } from '../../src/http/client/around-request.js';
import { HttpConnection } from '../../src/http/client/http-connection.js';
import { closeServers, listen } from '../support/listen.js';

const connections: HttpConnection[] = [];

afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  await closeServers();
});

interface Made {
  readonly statusCode: Promise<number>;
  /** Requests that are under way. */
  readonly underWay: Set<() => void>;
}

async function make(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  around: AroundRequest,
  isAroundNeeded?: () => boolean,
): Promise<Made> {
  const { url } = await listen(answer);
  const headers = { 'X-Key': 'configured' };
  const connection = new HttpConnection({ url, around, isAroundNeeded, headers });
  connections.push(connection);
  const underWay = new Set<() => void>();
  const response = connection.request({
    method: 'POST',
    body: '{}',
    requestId: 7,
    headers: { accept: 'application/json' },
    onStart: (giveUp) => underWay.add(giveUp),
    onOver: (giveUp) => void underWay.delete(giveUp),
  });
  const statusCode = response.then((found) => {
    found.discard();
    return found.statusCode;
  });
  statusCode.catch(() => {});
  return { statusCode, underWay };
}

describe('what goes around a request', () => {
  it('sees every header and says which are sent', async () => {
    const seen: unknown[] = [];
    const { statusCode } = await make(
      ({ headers }, response) => {
        seen.push(headers['x-key'], headers['x-more'], headers.accept);
        response.end();
      },
      ({ method, url, headers }, send) => {
        seen.push(method, url.pathname, headers);
        return send({ accept: headers['accept'] ?? '', 'x-more': 'yes' });
      },
    );
    expect(await statusCode).toBe(200);
    expect(seen).toEqual([
      'POST',
      '/mcp',
      { 'x-key': 'configured', accept: 'application/json' },
      undefined,
      'yes',
      'application/json',
    ]);
  });

  it('knows which JSON-RPC request it is about', async () => {
    const ids: unknown[] = [];
    const { statusCode } = await make(
      (_request, response) => response.end(),
      ({ requestId, headers }, send) => {
        ids.push(requestId);
        return send(headers);
      },
    );
    await statusCode;
    expect(ids).toEqual([7]);
  });

  it('is left out where it is not needed, and the configured headers are sent', async () => {
    const seen: unknown[] = [];
    const { statusCode, underWay } = await make(
      ({ headers }, response) => {
        seen.push(headers['x-key'], headers.accept);
        response.end();
      },
      () => Promise.reject(new TransportError('REQUEST_REFUSED', 'not this one')),
      () => false,
    );
    expect(await statusCode).toBe(200);
    expect(seen).toEqual(['configured', 'application/json']);
    await expect.poll(() => underWay.size).toBe(0);
  });

  it('sends again what was turned away', async () => {
    let requests = 0;
    const { statusCode, underWay } = await make(
      (_request, response) => {
        response.statusCode = ++requests === 1 ? 401 : 200;
        response.end();
      },
      async ({ headers }, send) => {
        const first = await send(headers);
        first.discard();
        return send(headers);
      },
    );
    expect(await statusCode).toBe(200);
    expect(requests).toBe(2);
    await expect.poll(() => underWay.size).toBe(0);
  });

  it('refuses a request that then is not under way', async () => {
    let requests = 0;
    const { statusCode, underWay } = await make(
      (_request, response) => {
        requests++;
        response.end();
      },
      () => Promise.reject(new TransportError('STREAM_FAILED', 'not this one')),
    );
    await expect(statusCode).rejects.toThrow('not this one');
    expect([requests, underWay.size]).toEqual([0, 0]);
  });

  it('ends what was sent when it throws afterwards, once the response is read', async () => {
    const { statusCode, underWay } = await make(
      (_request, response) => response.end('x'),
      async ({ headers }, send) => {
        (await send(headers)).discard();
        throw new TransportError('STREAM_FAILED', 'not this response');
      },
    );
    await expect(statusCode).rejects.toThrow('not this response');
    await expect.poll(() => underWay.size).toBe(0);
  });

  it('cannot send what was given up', async () => {
    let requests = 0;
    let proceed: () => void = () => {};
    const waiting = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    const { statusCode, underWay } = await make(
      (_request, response) => {
        requests++;
        response.end();
      },
      async ({ headers, signal }, send) => {
        expect(signal.aborted).toBe(false);
        await waiting;
        expect(signal.aborted).toBe(true);
        return send(headers);
      },
    );
    for (const giveUp of underWay) giveUp();
    proceed();
    await expect(statusCode).rejects.toThrow('given up');
    expect([requests, underWay.size]).toEqual([0, 0]);
  });
});
