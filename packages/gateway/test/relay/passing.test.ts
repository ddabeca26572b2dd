import { describe, expect, it } from 'vitest';
import { startRelay } from '../support/start-relay.js';

const guard = { tool_pre_invoke: () => undefined, tool_post_invoke: () => undefined };

describe.each([
  ['without plugins', []],
  ['with a plugin that changes nothing', [guard]],
])('a relay %s', (_name, plugins) => {
  it.each([
    '{ "jsonrpc":"2.0", "id":1, "method":"tools/list", "params":{"cursor":"x"}, "futureField":[1] }',
    '{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"t","arguments":{"big":9007199254740993,"e":1E5,"z":-0},"future":{"a":1}}}',
    '{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"t","_meta":{"progressToken":"p","x":"\\u00e9"}}}',
    '{"jsonrpc":"2.0","id":2,"method":"no/such/method","params":{"anything":"é"}}',
    '{"jsonrpc":"2.0","method":"notifications/initialized"}',
    '{"jsonrpc":"2.0","method":"notifications/unknown","params":{"a":{"b":null}}}',
  ])('passes %s on byte for byte', async (text) => {
    const { client, server } = await startRelay(...plugins);
    client.send(text);
    expect(await server.nextText()).toBe(text);
  });

  it('passes answers on byte for byte', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 't' } });
    client.send({ jsonrpc: '2.0', id: '1', method: 'tools/list' });
    await server.rest();
    const list = '{"jsonrpc":"2.0","id":"1","result":{"tools":[{"name":"t","x-future":1.0}]}}';
    const call =
      '{"result":{"content":[{"type":"hologram","big":9007199254740993}],"structuredContent":{},"more":1},"jsonrpc":"2.0","id":1}';
    server.send(list);
    server.send(call);
    expect(await client.rest()).toEqual([list, call]);
  });

  it('passes error answers on byte for byte', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 't' } });
    await server.next();
    const text =
      '{"jsonrpc":"2.0","id":1,"error":{"code":-32042,"message":"m","data":{"x":[9007199254740993]},"more":1}}';
    server.send(text);
    expect(await client.nextText()).toBe(text);
  });

  it('passes requests of the server and their answers on, also one with the id 0', async () => {
    const { client, server } = await startRelay(...plugins);
    const request =
      '{"jsonrpc":"2.0","id":0,"method":"elicitation/create","params":{"message":"?","future":true}}';
    server.send(request);
    expect(await client.nextText()).toBe(request);
    const answer = '{"jsonrpc":"2.0","id":0,"result":{"action":"accept","content":{"n":9007199254740993}}}';
    client.send(answer);
    expect(await server.nextText()).toBe(answer);
  });

  it('passes cancellations on, in both directions', async () => {
    const { client, server } = await startRelay(...plugins);
    server.send('{"jsonrpc":"2.0","id":0,"method":"sampling/createMessage","params":{}}');
    client.send('{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"t"}}');
    await Promise.all([client.next(), server.next()]);
    const cancellation =
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":0,"reason":"r"}}';
    server.send(cancellation);
    client.send(cancellation);
    expect(await client.nextText()).toBe(cancellation);
    expect(await server.nextText()).toBe(cancellation);
  });

  it('passes progress on for tokens that are in use, in both directions, and no other', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":{"progressToken":0}}}',
    );
    server.send(
      '{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{"_meta":{"progressToken":"s"}}}',
    );
    await Promise.all([client.next(), server.next()]);
    const progress = (token: unknown): string =>
      JSON.stringify({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken: token, progress: 1 },
      });
    for (const token of [0, '0', 's', null]) {
      server.send(progress(token));
      client.send(progress(token));
    }
    expect(await client.rest()).toEqual([progress(0)]);
    expect(await server.rest()).toEqual([progress('s')]);
    server.send('{"jsonrpc":"2.0","id":1,"result":{"content":[]}}');
    server.send(progress(0));
    expect(await client.rest()).toEqual(['{"jsonrpc":"2.0","id":1,"result":{"content":[]}}']);
  });

  it('drops answers that nobody waits for', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}');
    await server.next();
    server.send('{"jsonrpc":"2.0","id":"1","result":{"content":[]}}');
    server.send('{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"m"}}');
    server.send('{"jsonrpc":"2.0","id":1,"result":{"content":[1]}}');
    server.send('{"jsonrpc":"2.0","id":1,"result":{"content":[2]}}');
    expect(await client.rest()).toEqual(['{"jsonrpc":"2.0","id":1,"result":{"content":[1]}}']);
  });

  it('answers the probe of a newer revision itself', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send('{"jsonrpc":"2.0","id":0,"method":"server/discover","params":{}}');
    expect(await client.nextMessage()).toMatchObject({ id: 0, error: { code: -32601 } });
    expect(await server.rest()).toEqual([]);
  });

  it('refuses an id that is in use, and answers the first request as if nothing had happened', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}');
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32600 } });
    expect(await server.rest()).toEqual(['{"jsonrpc":"2.0","id":1,"method":"tools/list"}']);
    server.send('{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}');
    expect(await client.nextText()).toBe('{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}');
  });

  it('answers what is no message with an error', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send('not json');
    expect(await client.nextMessage()).toMatchObject({ id: null, error: { code: -32700 } });
    client.send('{"jsonrpc":"2.0","id":"x","method":5}');
    expect(await client.nextMessage()).toMatchObject({ id: 'x', error: { code: -32600 } });
    client.send('{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"t"}}');
    expect(await client.nextMessage()).toMatchObject({ id: null, error: { code: -32600 } });
    expect(await server.rest()).toEqual([]);
  });

  it('never passes a tool call without an id on', async () => {
    const { client, server, logged } = await startRelay(...plugins);
    client.send('{"jsonrpc":"2.0","method":"tools/call","params":{"name":"t"}}');
    expect(await server.rest()).toEqual([]);
    expect(await client.rest()).toEqual([]);
    expect(logged).toEqual(['"tools/call" without an id was dropped: it must be a request']);
  });

  it('answers a request whose answer is no message', async () => {
    const { client, server } = await startRelay(...plugins);
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
    client.send('{"jsonrpc":"2.0","id":2,"method":"tools/list"}');
    await server.rest();
    server.send('{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"m"}}');
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32603 } });
    server.send('{"jsonrpc":"2.0","id":2,"result":{}}');
    expect(await client.nextText()).toBe('{"jsonrpc":"2.0","id":2,"result":{}}');
  });

  it('answers what is in flight when the server is gone', async () => {
    const { client, server, relay } = await startRelay(...plugins);
    client.send('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}');
    client.send('{"jsonrpc":"2.0","id":"b","method":"tools/list"}');
    await server.rest();
    relay.failUpstream('server "x" ended', { code: 'UPSTREAM_EXITED', upstream: 'x' });
    const error = {
      code: -32000,
      message: 'server "x" ended',
      data: { code: 'UPSTREAM_EXITED', upstream: 'x' },
    };
    expect((await client.rest()).map((text) => JSON.parse(text) as unknown)).toEqual([
      { jsonrpc: '2.0', id: 1, error },
      { jsonrpc: '2.0', id: 'b', error },
    ]);
    await relay.whenIdle();
  });
});
