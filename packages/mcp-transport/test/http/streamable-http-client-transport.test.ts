import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { StreamableHttpClientTransport } from '../../src/http/client/streamable-http-client-transport.js';
import type { StreamableHttpClientOptions } from '../../src/http/client/http-client-options.js';
import { closeServers, listen } from '../support/listen.js';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>;

const open: StreamableHttpClientTransport[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.close()));
  await closeServers();
});

interface Connected {
  readonly transport: StreamableHttpClientTransport;
  readonly texts: string[];
  readonly errors: unknown[];
}

async function connect(
  handler: Handler,
  options: Partial<StreamableHttpClientOptions> = {},
): Promise<Connected> {
  const { url } = await listen((request, response) => {
    void readText(request).then((body) => handler(request, response, body));
  });
  const transport = new StreamableHttpClientTransport({ url, retryMs: 1, maxRetries: 2, ...options });
  open.push(transport);
  const texts: string[] = [];
  const errors: unknown[] = [];
  transport.onraw = ({ text }) => texts.push(text);
  transport.onerror = (error) => errors.push(error);
  await transport.start();
  return { transport, texts, errors };
}

const answer = '{ "jsonrpc":"2.0", "id":1, "result":{"big":9007199254740993} }';
const request = '{"jsonrpc":"2.0","id":1,"method":"m"}';

function sendJson(response: ServerResponse, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
}

function sendEvents(response: ServerResponse, ...events: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`${event}\n\n`);
}

describe('StreamableHttpClientTransport', () => {
  it('sends texts as they are and hands answers over as they came', async () => {
    const bodies: string[] = [];
    const { transport, texts } = await connect((_request, response, body) => {
      bodies.push(body);
      sendJson(response, answer);
    });
    transport.sendText('{ "jsonrpc":"2.0", "id":1, "method":"é" }', { requestId: 1 });
    await expect.poll(() => texts).toEqual([answer]);
    expect(bodies).toEqual(['{ "jsonrpc":"2.0", "id":1, "method":"é" }']);
  });

  it('carries session, revision and given headers, and ends the session', async () => {
    const seen: unknown[] = [];
    const { transport, texts } = await connect(
      ({ method, headers }, response) => {
        seen.push([
          method,
          headers['mcp-session-id'],
          headers['mcp-protocol-version'],
          headers.authorization,
        ]);
        sendJson(response, answer, { 'mcp-session-id': 's' });
      },
      { headers: { authorization: 'Bearer t' } },
    );
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => texts.length).toBe(1);
    transport.setProtocolVersion('2025-11-25');
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => texts.length).toBe(2);
    await transport.close();
    expect(seen).toEqual([
      ['POST', undefined, undefined, 'Bearer t'],
      ['POST', 's', '2025-11-25', 'Bearer t'],
      ['DELETE', 's', '2025-11-25', 'Bearer t'],
    ]);
  });

  it('lets nothing overtake a notification', async () => {
    const order: string[] = [];
    let accept = (): void => {};
    const { transport, texts } = await connect((_request, response, body) => {
      order.push((JSON.parse(body) as { method: string }).method);
      if (body === request) sendJson(response, answer);
      else accept = () => response.writeHead(202).end();
    });
    transport.sendText('{"jsonrpc":"2.0","method":"first"}');
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => order).toEqual(['first']);
    accept();
    await expect.poll(() => texts).toEqual([answer]);
    expect(order).toEqual(['first', 'm']);
  });

  it('reads the messages of a stream in order, and a batch one by one', async () => {
    const { transport, texts } = await connect((_request, response) => {
      sendEvents(
        response,
        ': hello',
        'data: [{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method":"b"}]',
        `data: ${answer}`,
      );
    });
    transport.sendText(request, { requestId: 1 });
    await expect
      .poll(() => texts)
      .toEqual(['{"jsonrpc":"2.0","method":"a"}', '{"jsonrpc":"2.0","method":"b"}', answer]);
  });

  it('reports an event that is no message, and reads on', async () => {
    const { transport, texts, errors } = await connect((_request, response) => {
      sendEvents(response, 'data: garbage', `data: ${answer}`);
    });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => texts).toEqual([answer]);
    expect(errors).toMatchObject([{ code: 'MESSAGE_NOT_JSON' }]);
  });

  it('resumes a lost stream after the last event', async () => {
    const resumed: unknown[] = [];
    const { transport, texts, errors } = await connect(({ method, headers }, response) => {
      if (method === 'POST') {
        sendEvents(response, 'id: e0\nretry: 1\ndata: ', 'id: e1\ndata: {"jsonrpc":"2.0","method":"a"}');
        response.end();
        return;
      }
      resumed.push(headers['last-event-id']);
      sendEvents(response, `id: e2\ndata: ${answer}`);
    });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => texts).toEqual(['{"jsonrpc":"2.0","method":"a"}', answer]);
    expect([resumed, errors]).toEqual([['e1'], []]);
  });

  it('opens the stream for what answers no request, and opens it again', async () => {
    let streams = 0;
    const { transport, texts } = await connect(({ method }, response, body) => {
      if (method === 'GET') {
        streams++;
        sendEvents(response, `data: {"jsonrpc":"2.0","method":"s${streams}"}`);
        if (streams === 1) response.end();
      } else if (body === request) sendJson(response, answer, { 'mcp-session-id': 's' });
      else response.writeHead(method === 'DELETE' ? 200 : 202).end();
    });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => texts.length).toBe(1);
    transport.sendText('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    await expect
      .poll(() => texts.slice(1))
      .toEqual(['{"jsonrpc":"2.0","method":"s1"}', '{"jsonrpc":"2.0","method":"s2"}']);
  });

  it.each<[string, Handler, string]>([
    [
      'a stream that ends without an event to resume from',
      (_q, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(),
      'STREAM_LOST',
    ],
    [
      'a connection that breaks in the answer',
      (_q, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{');
        setImmediate(() => response.destroy());
      },
      'STREAM_LOST',
    ],
    ['a connection that breaks before it', ({ socket }) => void socket.destroy(), 'STREAM_FAILED'],
    [
      'an error status',
      (_q, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<b>secret</b>'),
      'HTTP_STATUS',
    ],
    [
      'a redirect',
      (_q, response) => void response.writeHead(307, { location: 'http://evil.example/' }).end(),
      'HTTP_STATUS',
    ],
    ['an acceptance without an answer', (_q, response) => void response.writeHead(202).end(), 'HTTP_STATUS'],
    [
      'a body of another type',
      (_q, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('x'),
      'HTTP_BODY_INVALID',
    ],
    ['a body that is no JSON', (_q, response) => sendJson(response, '{'), 'MESSAGE_NOT_JSON'],
    [
      'a body that is too large',
      (_q, response) => sendJson(response, JSON.stringify({ x: 'x'.repeat(5000) })),
      'MESSAGE_TOO_LARGE',
    ],
    [
      'an event that is too large',
      (_q, response) => sendEvents(response, `data: ${'x'.repeat(5000)}`),
      'MESSAGE_TOO_LARGE',
    ],
  ])('says at once that a request fails by %s', async (_name, handler, code) => {
    const { transport, errors } = await connect(handler, { maxMessageBytes: 1000 });
    transport.sendText('{"jsonrpc":"2.0","id":"q","method":"m"}', { requestId: 'q' });
    await expect.poll(() => errors).toMatchObject([{ code, refused: { kind: 'answer', id: 'q' } }]);
    expect(String(errors[0])).not.toContain('secret');
  });

  it('keeps the status beside the request that waited for the answer', async () => {
    const { transport, errors } = await connect((_request, response) => void response.writeHead(503).end());
    transport.sendText('{"jsonrpc":"2.0","id":"q","method":"m"}', { requestId: 'q' });
    await expect.poll(() => errors).toMatchObject([{ httpStatus: 503, refused: { id: 'q' } }]);
  });

  it('rejects send() when the server refuses, with the text of its error', async () => {
    const { transport } = await connect((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","error":{"code":-32000,"message":"Unauthorized"},"id":null}');
    });
    await expect(transport.send({ jsonrpc: '2.0', id: 1, method: 'm' })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      httpStatus: 401,
      message: 'the server answered with HTTP 401: Unauthorized',
    });
  });

  it('closes when the server no longer knows the session', async () => {
    let calls = 0;
    const { transport, errors } = await connect((_request, response) => {
      calls++;
      if (calls === 1) sendJson(response, answer, { 'mcp-session-id': 's' });
      else response.writeHead(404).end();
    });
    const closed = new Promise<void>((resolve) => {
      transport.onclose = resolve;
    });
    await transport.send({ jsonrpc: '2.0', id: 1, method: 'm' });
    transport.sendText(request, { requestId: 1 });
    await closed;
    expect(errors).toMatchObject([{ code: 'SESSION_GONE', refused: { id: 1 } }]);
    await expect(transport.send({ jsonrpc: '2.0', method: 'm' })).rejects.toMatchObject({
      code: 'TRANSPORT_CLOSED',
    });
  });

  it('gives up what waits when it is closed', async () => {
    let arrived = false;
    let gone = false;
    const { transport, errors } = await connect(({ method }, response) => {
      if (method !== 'POST') return;
      arrived = true;
      response.once('close', () => (gone = true));
    });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => arrived).toBe(true);
    await transport.close();
    await expect.poll(() => gone).toBe(true);
    expect(errors).toEqual([]);
  });

  it('starts once', async () => {
    const { transport } = await connect(() => {});
    await expect(transport.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});

describe('a body that nobody wants', () => {
  it('is not read without end', async () => {
    let isCut = false;
    const { transport } = await connect((_request, response) => {
      response.writeHead(202).write('x');
      const writing = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.once('close', () => {
        clearInterval(writing);
        isCut = true;
      });
    });
    transport.sendText('{"jsonrpc":"2.0","method":"n"}');
    await expect.poll(() => isCut).toBe(true);
  });
});

describe('an answer that names another request', () => {
  it.each([
    ['as JSON', (response: ServerResponse, text: string) => sendJson(response, text)],
    [
      'in a stream that stays open',
      (response: ServerResponse, text: string) => sendEvents(response, `data: ${text}`),
    ],
  ])('%s fails the request at once and is not handed over', async (_, send) => {
    const { transport, texts, errors } = await connect((_request, response) =>
      send(response, answer.replace('"id":1', '"id":7')),
    );
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => errors).toMatchObject([{ code: 'HTTP_BODY_INVALID', refused: { id: 1 } }]);
    expect(texts).toEqual([]);
  });

  it('is handed over when somebody waits for it', async () => {
    const waiting: ServerResponse[] = [];
    const { transport, texts } = await connect((_request, response) => void waiting.push(response));
    transport.sendText(request, { requestId: 1 });
    transport.sendText(request.replace('"id":1', '"id":2'), { requestId: 2 });
    await expect.poll(() => waiting.length).toBe(2);
    const [first] = waiting;
    if (first !== undefined)
      sendEvents(first, `data: ${answer}`, `data: ${answer.replace('"id":1', '"id":2')}`);
    await expect.poll(() => texts.length).toBe(2);
  });
});
