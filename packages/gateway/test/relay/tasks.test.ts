import { block, modify } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { startRelay } from '../support/start-relay.js';

const taskCall =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"research","task":{"ttl":1},"_meta":{"progressToken":9}}}';
const taskMade = '{"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"T","status":"working"}}}';
const taskResult = (id: number, taskId = 'T'): string =>
  `{"jsonrpc":"2.0","id":${id},"method":"tasks/result","params":{"taskId":"${taskId}"}}`;
const secret = (id: number): string =>
  `{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"secret"}],"_meta":{"x":1}}}`;

describe('a call that is answered by a task', () => {
  it('has its result guarded by its own post hook, on the same request, each time', async () => {
    const seen: unknown[] = [];
    const { client, server } = await startRelay({
      tool_pre_invoke: (_payload, { local, requestId }) => void local.set('id', requestId),
      tool_post_invoke: (payload, { local, requestId }) => {
        seen.push([payload.name, local.get('id') === requestId]);
        const { content } = payload.result as { readonly content?: unknown };
        return content === undefined
          ? undefined
          : modify({ ...payload, result: { content: [], masked: true } });
      },
    });
    client.send(taskCall);
    await server.next();
    server.send(taskMade);
    expect(await client.nextText()).toBe(taskMade);
    for (const id of [2, 3]) {
      client.send(taskResult(id));
      expect(await server.nextText()).toBe(taskResult(id));
      server.send(secret(id));
      expect(await client.nextMessage()).toEqual({
        jsonrpc: '2.0',
        id,
        result: { content: [], masked: true },
      });
    }
    expect(seen).toEqual(Array.from({ length: 3 }, () => ['research', true]));
  });

  it('has its result blocked like that of a call', async () => {
    const { client, server } = await startRelay({
      tool_post_invoke: ({ result }) =>
        'content' in (result as object) ? block({ code: 'LEAK', reason: 'secret' }) : undefined,
    });
    client.send(taskCall);
    await server.next();
    server.send(taskMade);
    await client.next();
    client.send(taskResult(2));
    await server.next();
    server.send(secret(2));
    expect(await client.nextMessage()).toMatchObject({
      result: { isError: true, _meta: { 'mcpplugins.dev/violation': { code: 'LEAK' } } },
    });
  });

  it('keeps its progress token in use', async () => {
    const { client, server } = await startRelay({ tool_post_invoke: () => undefined });
    client.send(taskCall);
    await server.next();
    server.send(taskMade);
    await client.next();
    const progress =
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":9,"progress":1}}';
    server.send(progress);
    expect(await client.nextText()).toBe(progress);
  });

  it('is the only way to a guarded result: a task that nobody saw being made is refused', async () => {
    const { client, server } = await startRelay({ tool_post_invoke: () => undefined });
    client.send(taskResult(5, 'other'));
    expect(await client.nextMessage()).toMatchObject({ id: 5, error: { code: -32602 } });
    client.send('{"jsonrpc":"2.0","method":"tasks/result","params":{"taskId":"other"}}');
    client.send('{"jsonrpc":"2.0","id":6,"method":"tasks/result","params":{"taskId":"other","TaskId":"x"}}');
    expect(await client.nextMessage()).toMatchObject({ id: 6, error: {} });
    expect(await server.rest()).toEqual([]);
  });

  it('passes results of tasks through when no plugin looks at tool results', async () => {
    const { client, server } = await startRelay({ prompt_post_fetch: () => undefined });
    client.send(taskResult(5, 'other'));
    expect(await server.nextText()).toBe(taskResult(5, 'other'));
    server.send(secret(5));
    expect(await client.nextText()).toBe(secret(5));
  });
});
