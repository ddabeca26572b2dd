import { fileURLToPath } from 'node:url';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { CreateTaskResultSchema, ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import { startHttpGateway, stopAll } from '../support/start-http.js';
import { connectClient } from '../support/start-stdio.js';

afterEach(stopAll);

const file = fileURLToPath(new URL('../fixtures/lists-server.mjs', import.meta.url));
const server = (...args: readonly string[]) => ({
  command: process.execPath,
  args: [file, ...args],
  closeGraceMs: 200,
});

async function connect(...modes: readonly (readonly string[])[]) {
  const entries = modes.map(([name = '', ...mode]) => [name, server(name, ...mode)] as const);
  const { url, logged } = await startHttpGateway(Object.fromEntries(entries));
  return { ...(await connectClient(new StreamableHttpClientTransport({ url }))), logged };
}

const say = (key: string, word: string, more: object = {}) => ({
  name: `${key}__say`,
  arguments: { word, ...more },
});

describe('merged servers', () => {
  it('U13: two with the same tool are told apart, and a resource of both is read from the first', async () => {
    const { client, logged } = await connect(['a'], ['b']);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['a__say', 'b__say']);
    expect(await client.callTool(say('b', 'hi'))).toMatchObject({ content: [{ text: 'b says hi' }] });
    await client.listResources();
    expect(await client.readResource({ uri: 'shared://one' })).toMatchObject({
      contents: [{ text: 'from a' }],
    });
    expect(logged).toContain('"b" and "a" both have shared://one; it is read from "a"');
    await client.close();
  });

  it('U14: one whose pages never end is named, and the others are listed', async () => {
    const { client } = await connect(['a'], ['b', 'loop']);
    const { tools, _meta } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['a__say']);
    expect(_meta).toEqual({
      'mcpplugins.dev/unavailable': [{ server: 'b', reason: 'its pages of tools/list go round in circles' }],
    });
    await client.close();
  });

  it('answer what was in flight when one dies, keep the others, and start it again after a pause', async () => {
    const { client } = await connect(['a'], ['b']);
    await client.listTools();
    const dying = client.callTool(say('a', 'x', { die: true }));
    await expect(dying).rejects.toThrow('server "a"');
    expect(await client.callTool(say('b', 'hi'))).toMatchObject({ content: [{ text: 'b says hi' }] });
    await expect(client.callTool(say('a', 'hi'))).rejects.toThrow(
      'server "a" is not available: it has ended',
    );
    await expect
      .poll(() => client.callTool(say('a', 'again')).catch(() => undefined), { timeout: 20_000 })
      .toMatchObject({ content: [{ text: 'a says again' }] });
    await client.close();
  });

  it('have the tasks of each answered by it, and of no other session', async () => {
    const { client } = await connect(['a'], ['b']);
    const params = { ...say('b', 'x'), task: { ttl: 1000 } };
    const { task } = await client.request({ method: 'tools/call', params }, CreateTaskResultSchema);
    expect(task.taskId).toBe('task-of-b');
    const result = { method: 'tasks/result', params: { taskId: task.taskId } };
    expect(await client.request(result, ResultSchema.loose())).toMatchObject({
      content: [{ text: 'task-of-b is done' }],
    });
    const foreign = { method: 'tasks/result', params: { taskId: 'task-of-a' } };
    await expect(client.request(foreign, ResultSchema.loose())).rejects.toThrow('no server has such a task');
    await client.close();
  });

  it('refuse a method that no merged session has', async () => {
    const { client } = await connect(['a'], ['b']);
    await expect(client.request({ method: 'no/such' }, ResultSchema)).rejects.toMatchObject({ code: -32601 });
    await client.close();
  });
});
