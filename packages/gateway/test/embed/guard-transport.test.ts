import { block, type HookHandlers, modify } from '@mcpplugins/framework-core';
import { createMemoryTransports, type JsonRpcMessage, type SendOptions } from '@mcpplugins/mcp-transport';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type GuardableTransport, guardTransport } from '../../src/embed/guard-transport.js';
import { violationMetaKey } from '../../src/relay/refusal.js';
import { startManager } from '../support/start-relay.js';

function echoServer(): McpServer {
  const server = new McpServer({ name: 'echo', version: '1.0.0' });
  server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text }, { authInfo }) => ({
    content: [{ type: 'text', text: `${authInfo?.clientId ?? 'nobody'}: ${text}` }],
  }));
  server.registerTool('ask', {}, async () => {
    const { content } = await server.server.createMessage({ messages: [], maxTokens: 1 });
    return { content: [content].flat().filter((item) => item.type === 'text') };
  });
  return server;
}

/** A transport that a test holds: what it was told to send, and a way to let a message arrive. */
class HeldTransport implements GuardableTransport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message, extra?: unknown) => void) | undefined;
  readonly sessionId = 'held';
  readonly sent: { readonly message: JsonRpcMessage; readonly options: SendOptions | undefined }[] = [];
  failure: Error | undefined;

  async start(): Promise<void> {}

  async send(message: JsonRpcMessage, options?: SendOptions): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.sent.push({ message, options });
  }

  async close(): Promise<void> {
    this.onclose?.();
  }
}

/** A guarded transport between a held one and a server that the test plays. */
async function startHeld(...plugins: readonly HookHandlers[]): Promise<{
  held: HeldTransport;
  guarded: GuardableTransport;
  arrived: (readonly [JsonRpcMessage, unknown])[];
}> {
  const held = new HeldTransport();
  const manager = await startManager(...plugins);
  const guarded = guardTransport(held, { manager, serverName: 'held' });
  const arrived: (readonly [JsonRpcMessage, unknown])[] = [];
  guarded.onmessage = (message: JsonRpcMessage, extra?: unknown) => void arrived.push([message, extra]);
  await guarded.start();
  return { held, guarded, arrived };
}

const call = (id: number, text: string): JsonRpcMessage => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'echo', arguments: { text } },
});

describe('guardTransport around a server of the SDK', () => {
  it('runs plugins before and after a call', async () => {
    const manager = await startManager({
      tool_pre_invoke: ({ args, ...payload }) =>
        args['text'] === 'secret'
          ? block({ code: 'SECRET', reason: 'No secrets' })
          : modify({ ...payload, args: { text: `[${String(args['text'])}]` } }),
    });
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    await echoServer().connect(guardTransport(serverEnd, { manager, serverName: 'echo' }));
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(clientEnd);

    const passed = await client.callTool({ name: 'echo', arguments: { text: 'hello' } });
    const blocked = await client.callTool({ name: 'echo', arguments: { text: 'secret' } });
    await client.close();

    expect(passed.content).toEqual([{ type: 'text', text: 'nobody: [hello]' }]);
    expect(blocked).toMatchObject({
      isError: true,
      _meta: { [violationMetaKey]: { code: 'SECRET', hook: 'tool_pre_invoke' } },
    });
  });

  it("runs plugins on the server's own requests", async () => {
    const manager = await startManager({
      sampling_post_complete: (payload) =>
        modify({
          ...payload,
          result: { model: 'none', role: 'assistant', content: { type: 'text', text: 'masked' } },
        }),
    });
    const [clientEnd, serverEnd] = createMemoryTransports();
    await echoServer().connect(guardTransport(serverEnd, { manager, serverName: 'echo' }));
    const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: { sampling: {} } });
    client.setRequestHandler(CreateMessageRequestSchema, () => ({
      model: 'none',
      role: 'assistant',
      content: { type: 'text', text: 'my address' },
    }));
    await client.connect(clientEnd);
    const { content } = await client.callTool({ name: 'ask' });
    await client.close();
    expect(content).toEqual([{ type: 'text', text: 'masked' }]);
  });

  it('closes both sides when one closes', async () => {
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const server = echoServer();
    await server.connect(guardTransport(serverEnd, { manager: await startManager(), serverName: 'echo' }));
    const onclose = vi.fn<() => void>();
    clientEnd.onclose = onclose;
    await server.close();
    expect(onclose).toHaveBeenCalledOnce();
    expect(server.isConnected()).toBe(false);
  });
});

describe('guardTransport', () => {
  it('hands on what the transport says about each message, also when hooks take their time', async () => {
    const waiting: (() => void)[] = [];
    const { held, arrived } = await startHeld({
      tool_pre_invoke: () => new Promise<undefined>((resolve) => waiting.push(() => resolve(undefined))),
    });
    held.onmessage?.(call(1, 'a'), 'of ada');
    held.onmessage?.(call(2, 'b'), 'of bob');
    held.onmessage?.({ jsonrpc: '2.0', method: 'notifications/initialized' }, 'of a notification');
    for (const goOn of waiting.toReversed()) goOn();
    await vi.waitFor(() => expect(arrived).toHaveLength(3));
    const companions = arrived.map(([message, extra]) => ['id' in message ? message.id : undefined, extra]);
    expect(companions).toEqual([
      [undefined, 'of a notification'],
      [2, 'of bob'],
      [1, 'of ada'],
    ]);
  });

  it('never gives a request what came with a blocked one of the same id', async () => {
    const { held, arrived } = await startHeld({
      tool_pre_invoke: ({ args }) =>
        args['text'] === 'secret' ? block({ code: 'SECRET', reason: 'No secrets' }) : undefined,
    });
    held.onmessage?.(call(1, 'secret'), 'of ada');
    held.onmessage?.(call(1, 'hello'));
    expect(arrived).toEqual([[call(1, 'hello'), undefined]]);
  });

  it('sends notifications and requests of the server in the stream that the server names', async () => {
    const { held, guarded } = await startHeld();
    held.onmessage?.(call(1, 'a'));
    held.onmessage?.(call(2, 'b'));
    await guarded.send({ jsonrpc: '2.0', method: 'notifications/message' }, { relatedRequestId: 1 });
    await guarded.send({ jsonrpc: '2.0', id: 7, method: 'roots/list' }, { relatedRequestId: 1 });
    expect(held.sent.map(({ options }) => options?.relatedRequestId)).toEqual([1, 1]);
  });

  it('answers a request of the server that could not be sent', async () => {
    const { held, guarded, arrived } = await startHeld();
    const onerror = vi.fn<(error: Error) => void>();
    guarded.onerror = onerror;
    held.failure = new Error('no stream is open');
    await guarded.send({ jsonrpc: '2.0', id: 7, method: 'roots/list' });
    expect(arrived).toEqual([
      [{ jsonrpc: '2.0', id: 7, error: { code: -32000, message: 'no stream is open' } }, undefined],
    ]);
    expect(onerror).toHaveBeenCalledExactlyOnceWith(held.failure);
  });

  it('refuses what is no JSON-RPC message by its own rules', async () => {
    const { held, arrived } = await startHeld();
    const id = 'x'.repeat(2000);
    held.onmessage?.({ jsonrpc: '2.0', id, method: 'ping' });
    expect(arrived).toEqual([]);
    expect(held.sent[0]?.message).toMatchObject({ error: { code: -32600 } });
  });

  it('gives the server no object of the transport', async () => {
    const { held, arrived } = await startHeld();
    const message = call(1, 'a');
    held.onmessage?.(message);
    expect(arrived[0]?.[0]).toEqual(message);
    expect(arrived[0]?.[0]).not.toBe(message);
  });

  it('reports errors of the transport and has its session id', async () => {
    const { held, guarded } = await startHeld();
    const onerror = vi.fn<(error: Error) => void>();
    guarded.onerror = onerror;
    const error = new Error('a broken pipe');
    held.onerror?.(error);
    expect(onerror).toHaveBeenCalledExactlyOnceWith(error);
    expect(guarded.sessionId).toBe('held');
  });

  it('tells plugins who the client is, as the host says', async () => {
    const users: (string | undefined)[] = [];
    const manager = await startManager({ tool_pre_invoke: (_payload, { user }) => void users.push(user) });
    const held = new HeldTransport();
    await guardTransport(held, { manager, serverName: 'held', identity: { user: 'ada' } }).start();
    held.onmessage?.(call(1, 'a'));
    expect(users).toEqual(['ada']);
  });
});
