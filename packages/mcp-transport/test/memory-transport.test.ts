import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { describe, expect, it } from 'vitest';
import { createMemoryTransports } from '../src/memory/memory-transport.js';

describe('createMemoryTransports', () => {
  it('joins an SDK client with an SDK server', async () => {
    const [clientEnd, serverEnd] = createMemoryTransports();
    const server = new McpServer({ name: 'server', version: '1.0.0' });
    server.registerTool('hello', {}, () => ({ content: [{ type: 'text', text: 'hello' }] }));
    const client = new Client({ name: 'client', version: '1.0.0' });
    await Promise.all([server.connect(serverEnd), client.connect(clientEnd)]);
    expect(await client.callTool({ name: 'hello' })).toEqual({ content: [{ type: 'text', text: 'hello' }] });
    await client.close();
    await expect(serverEnd.send({ jsonrpc: '2.0', method: 'x' })).rejects.toMatchObject({
      code: 'TRANSPORT_CLOSED',
    });
  });

  it('hands over texts, also those that were sent before the start, and none while paused', async () => {
    const [left, right] = createMemoryTransports();
    const texts: string[] = [];
    right.onraw = ({ text }) => texts.push(text);
    left.sendText('{"jsonrpc":"2.0", "method":"a"}');
    await right.start();
    right.pause();
    left.sendText('{"jsonrpc":"2.0","method":"b"}');
    await Promise.resolve();
    expect(texts).toEqual(['{"jsonrpc":"2.0", "method":"a"}']);
    right.resume();
    expect(texts).toHaveLength(2);
  });

  it('reports what is no message', async () => {
    const [left, right] = createMemoryTransports();
    const errors: unknown[] = [];
    right.onerror = (error) => errors.push(error);
    left.sendText('nonsense');
    await right.start();
    expect(errors).toMatchObject([{ code: 'MESSAGE_NOT_JSON' }]);
    await expect(right.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});
