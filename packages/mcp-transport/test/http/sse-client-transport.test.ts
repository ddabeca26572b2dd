import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ElicitRequestSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { SseClientOptions } from '../../src/http/client/http-client-options.js';
import { SseClientTransport } from '../../src/http/client/sse-client-transport.js';
import { closeServers } from '../support/listen.js';
import { type RawSse, type RawSseOptions, serveSdkOverSse, startRawSse } from '../support/sse-server.js';

const open: SseClientTransport[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.close()));
  await closeServers();
});

function observe(options: SseClientOptions) {
  const transport = new SseClientTransport(options);
  open.push(transport);
  const texts: string[] = [];
  const errors: unknown[] = [];
  const ends: string[] = [];
  transport.onraw = ({ text }) => texts.push(text);
  transport.onerror = (error) => errors.push(error);
  transport.onclose = () => ends.push('closed');
  return { transport, texts, errors, ends };
}

async function connect(
  server: RawSseOptions = {},
  options: Partial<SseClientOptions> = {},
): Promise<RawSse & ReturnType<typeof observe>> {
  const raw = await startRawSse(server);
  const observed = observe({ url: raw.url, ...options });
  await observed.transport.start();
  return { ...raw, ...observed };
}

const answer = '{ "jsonrpc":"2.0", "id":1, "result":{} }';
const request = '{ "jsonrpc":"2.0", "id":1, "method":"m" }';

describe('SseClientTransport with the SDK', () => {
  it('calls tools, gets progress and changes, answers the server, and ends', async () => {
    const transport = new SseClientTransport({ url: await serveSdkOverSse() });
    const client = new Client({ name: 'client', version: '1.0.0' }, { capabilities: { elicitation: {} } });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' }));
    let changes = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => void changes++);
    await client.connect(transport);
    const echoes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.callTool({ name: 'echo', arguments: { text: `é${index}` } }),
      ),
    );
    expect(echoes.map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, index) => [{ type: 'text', text: `é${index}` }]),
    );
    expect(await client.callTool({ name: 'ask' })).toMatchObject({ content: [{ text: 'decline' }] });
    await client.callTool({ name: 'change' });
    await expect.poll(() => changes).toBe(1);
    await client.close();
  });
});

describe('SseClientTransport', () => {
  it('sends texts as they are, with its headers, to the address that the server names', async () => {
    const { transport, posts, streams, texts } = await connect(
      {},
      { headers: { authorization: 'Bearer t' } },
    );
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => posts).toEqual([['/messages?s=1', 'Bearer t', request]]);
    streams[0]?.write(`event: message\ndata: ${answer}\n\n`);
    await expect.poll(() => texts).toEqual([answer]);
  });

  it.each([
    ['another host', 'http://other.example/messages'],
    ['another port', 'http://127.0.0.1:1/messages'],
    ['another scheme', 'https://127.0.0.1/messages'],
    ['a network path', '//other.example/messages'],
    ['credentials', 'http://user:secret@127.0.0.1/messages'],
    ['no address', 'http://['],
  ])('refuses %s as the address for messages, and sends nothing there', async (_, endpoint) => {
    const { url, posts } = await startRawSse({ opening: `event: endpoint\ndata: ${endpoint}\n\n` });
    const { transport, ends } = observe({ url, headers: { authorization: 'Bearer t' } });
    await expect(transport.start()).rejects.toMatchObject({ code: 'ENDPOINT_REFUSED' });
    await transport.close();
    expect([posts, ends]).toEqual([[], []]);
  });

  it.each([
    ['a redirect', 302, { location: 'http://other.example/' }, 'HTTP_STATUS', /302/],
    ['a refusal', 401, {}, 'UNAUTHORIZED', /401/],
    ['a page', 200, { 'content-type': 'text/html' }, 'HTTP_BODY_INVALID', /text\/html/],
    ['an empty stream', 200, { 'content-type': 'text/event-stream' }, 'STREAM_LOST', /ended/],
  ] as const)('does not start on %s', async (_, status, headers, code, message) => {
    const { url } = await startRawSse({ onGet: (response) => response.writeHead(status, headers).end() });
    const starting = observe({ url }).transport.start();
    await expect(starting).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('keeps what a server that is busy asks for', async () => {
    const { url } = await startRawSse({
      onGet: (response) => response.writeHead(503, { 'retry-after': '7' }).end(),
    });
    await expect(observe({ url }).transport.start()).rejects.toMatchObject({ retryAfterMs: 7000 });
  });

  it.each([
    ['opens no stream', () => {}, /opened no stream/],
    [
      'names no address',
      (response: { writeHead: Function }) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hi\n\n'),
      /named no address/,
    ],
  ])('does not wait for ever for a server that %s', async (_, onGet, message) => {
    const { url } = await startRawSse({ onGet });
    const starting = observe({ url, connectTimeoutMs: 50 }).transport.start();
    await expect(starting).rejects.toMatchObject({
      code: 'CONNECT_TIMEOUT',
      message: expect.stringMatching(message),
    });
  });

  it('is given up while it opens', async () => {
    const { url } = await startRawSse({ onGet: () => {} });
    const { transport } = observe({ url });
    const starting = transport.start();
    await transport.close();
    await expect(starting).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED' });
  });

  it('starts once, and sends only while it is open', async () => {
    const { transport } = await connect();
    await expect(transport.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
    await transport.close();
    const sending = transport.send({ jsonrpc: '2.0', method: 'm' });
    await expect(sending).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED' });
  });

  it('ends with its stream, at once', async () => {
    const { streams, errors, ends } = await connect();
    streams[0]?.end();
    await expect.poll(() => ends).toEqual(['closed']);
    expect(errors).toMatchObject([{ code: 'STREAM_LOST' }]);
  });

  it('tells of a stream that ends right after it has opened', async () => {
    const { url } = await startRawSse({
      onGet: (response) =>
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end('event: endpoint\ndata: /messages\n\n'),
    });
    const { transport, errors, ends } = observe({ url });
    await transport.start();
    await expect.poll(() => ends).toEqual(['closed']);
    expect(errors).toMatchObject([{ code: 'STREAM_LOST' }]);
  });

  it('passes over an event that is no message, and one of another name', async () => {
    const { streams, errors, texts } = await connect();
    streams[0]?.write(`data: {not json\n\nevent: ping\ndata: x\n\ndata: ${answer}\n\n`);
    await expect.poll(() => texts).toEqual([answer]);
    expect(errors).toMatchObject([{ code: 'MESSAGE_NOT_JSON' }]);
  });

  it.each([
    ['in many lines', 'data: x\n'],
    ['in one line', 'x'.repeat(1000)],
  ])('ends when a message is larger than the limit %s, while it comes in', async (_, piece) => {
    const { streams, errors, ends } = await connect({}, { maxMessageBytes: 10_000 });
    const [stream] = streams;
    stream?.write('data: ');
    const writing = setInterval(() => stream?.write(piece.repeat(100)), 1);
    await expect.poll(() => ends).toEqual(['closed']);
    clearInterval(writing);
    expect(errors).toMatchObject([{ code: 'MESSAGE_TOO_LARGE' }]);
  });

  it('says which request failed when the server does not accept it', async () => {
    const { transport, errors } = await connect({ onPost: (response) => response.writeHead(500).end() });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => errors).toMatchObject([{ code: 'HTTP_STATUS', refused: { id: 1 } }]);
    await expect(transport.send({ jsonrpc: '2.0', id: 2, method: 'm' })).rejects.toMatchObject({
      code: 'HTTP_STATUS',
    });
  });

  it('follows no redirect of a message', async () => {
    const { transport, posts } = await connect({
      onPost: (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    });
    const sending = transport.send({ jsonrpc: '2.0', id: 1, method: 'm' });
    await expect(sending).rejects.toMatchObject({ code: 'HTTP_STATUS' });
    expect(posts.map(([path]) => path)).toEqual(['/messages?s=1']);
  });

  it('ends when the server has forgotten the session', async () => {
    const { transport, ends, errors } = await connect({
      onPost: (response) => response.writeHead(404).end(),
    });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => ends).toEqual(['closed']);
    expect(errors).toMatchObject([{ code: 'SESSION_GONE', refused: { id: 1 } }]);
  });

  it('gives up a message that is not accepted when nobody wants its answer', async () => {
    let cut = 0;
    const { transport, posts } = await connect({
      onPost: (response) => void response.once('close', () => cut++),
    });
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => posts.length).toBe(1);
    transport.release(1);
    await expect.poll(() => cut).toBe(1);
  });

  it('does not let later messages overtake a notification', async () => {
    const accept: (() => void)[] = [];
    const { transport, posts } = await connect({
      onPost: (response) => accept.push(() => void response.writeHead(202).end()),
    });
    transport.sendText('{"jsonrpc":"2.0","method":"n"}');
    transport.sendText(request, { requestId: 1 });
    await expect.poll(() => accept.length).toBe(1);
    expect(posts).toHaveLength(1);
    accept[0]?.();
    await expect.poll(() => posts.length).toBe(2);
  });

  it('makes the server wait while it is paused', async () => {
    const { transport, streams, texts } = await connect();
    const [stream] = streams;
    transport.pause();
    const event = `data: ${answer.replace('{}', JSON.stringify({ text: 'x'.repeat(100_000) }))}\n\n`;
    let written = 0;
    while (stream?.write(event) === true || written < 300) written++;
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream?.writableLength).toBeGreaterThan(0);
    transport.resume();
    await expect.poll(() => stream?.writableLength).toBe(0);
    await expect.poll(() => texts.length).toBe(written + 1);
  });
});
