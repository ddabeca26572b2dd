import { modify } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { startRelay } from '../support/start-relay.js';

/** A gate that a test opens. */
function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

const call = (id: number, name: string, progressToken?: number): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, ...(progressToken === undefined ? {} : { _meta: { progressToken } }) },
});

const result = (id: number): string => `{"jsonrpc":"2.0","id":${id},"result":{"content":[]}}`;

const progress = (token: number, value: number): string =>
  `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${token},"progress":${value}}}`;

const cancel = (id: number): string =>
  `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${id}}}`;

describe('order', () => {
  it('does not make one call wait for the slow hook of another', async () => {
    const gate = createGate();
    const { client, server } = await startRelay({
      tool_pre_invoke: ({ name }) => (name === 'slow' ? gate.opened : undefined),
    });
    client.send(call(1, 'slow'));
    client.send(call(2, 'fast'));
    client.send('{"jsonrpc":"2.0","id":3,"method":"ping"}');
    expect((await server.rest()).map((text) => (JSON.parse(text) as { id: number }).id)).toEqual([2, 3]);
    gate.open();
    expect(await server.nextMessage()).toMatchObject({ id: 1 });
  });

  it('lets progress arrive before the answer however slow the post hook is', async () => {
    const gate = createGate();
    const { client, server } = await startRelay({ tool_post_invoke: () => gate.opened });
    client.send(call(1, 't', 5));
    await server.next();
    for (const text of [progress(5, 1), progress(5, 2), result(1)]) server.send(text);
    expect(await client.rest()).toEqual([progress(5, 1), progress(5, 2)]);
    gate.open();
    expect(await client.nextText()).toBe(result(1));
    server.send(progress(5, 3));
    expect(await client.rest()).toEqual([]);
  });

  it('keeps messages of synchronous hooks in the order in which they came', async () => {
    const { client, server } = await startRelay({
      tool_pre_invoke: (payload) => modify({ ...payload, args: { x: 1 } }),
      tool_post_invoke: () => undefined,
    });
    for (let id = 0; id < 20; id++)
      client.send(id % 3 === 0 ? call(id, 't') : { jsonrpc: '2.0', id, method: 'ping' });
    const sent = (await server.rest()).map((text) => (JSON.parse(text) as { id: number }).id);
    expect(sent).toEqual(Array.from({ length: 20 }, (_, id) => id));
  });
});

describe('cancellation by the client', () => {
  it('in the pre hook: the hook is told, and nothing goes to the server', async () => {
    const gate = createGate();
    const told = createGate();
    const { client, server } = await startRelay({
      tool_pre_invoke: (_payload, { signal }) => {
        signal.addEventListener('abort', () => told.open());
        return gate.opened;
      },
    });
    client.send(call(0, 't'));
    await server.rest();
    client.send(cancel(0));
    await told.opened;
    gate.open();
    expect(await server.rest()).toEqual([]);
    expect(await client.rest()).toEqual([]);
  });

  it('at the server: it is passed on, and a late answer is dropped without another hook', async () => {
    let posts = 0;
    const { client, server } = await startRelay({
      tool_pre_invoke: () => undefined,
      tool_post_invoke: () => void posts++,
    });
    client.send(call(0, 't', 1));
    await server.next();
    client.send(cancel(0));
    expect(await server.nextText()).toBe(cancel(0));
    server.send(progress(1, 1));
    server.send(result(0));
    expect(await client.rest()).toEqual([]);
    expect(posts).toBe(0);
  });

  it('in the post hook: the hook is told, and no answer goes out', async () => {
    const gate = createGate();
    const told = createGate();
    const { client, server } = await startRelay({
      tool_post_invoke: (_payload, { signal }) => {
        signal.addEventListener('abort', () => told.open());
        return gate.opened;
      },
    });
    client.send(call(0, 't'));
    await server.next();
    server.send(result(0));
    await client.rest();
    client.send(cancel(0));
    await told.opened;
    gate.open();
    expect(await client.rest()).toEqual([]);
    expect(await server.rest()).toEqual([]);
  });

  it('of another id changes nothing', async () => {
    const { client, server } = await startRelay({ tool_pre_invoke: () => undefined });
    client.send(call(1, 't'));
    await server.next();
    client.send('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"1"}}');
    expect(await server.rest()).toEqual([]);
    server.send(result(1));
    expect(await client.nextText()).toBe(result(1));
  });

  it('does not free the id before the late answer came', async () => {
    const { client, server } = await startRelay();
    client.send(call(1, 't'));
    await server.next();
    client.send(cancel(1));
    client.send(call(1, 'again'));
    expect(await client.nextMessage()).toMatchObject({ id: 1, error: { code: -32600 } });
    server.send(result(1));
    expect(await client.rest()).toEqual([]);
    client.send(call(1, 'again'));
    expect(await server.rest()).toEqual([cancel(1), JSON.stringify(call(1, 'again'))]);
  });
});
