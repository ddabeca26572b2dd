import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardCommand, root, serverCommand } from './support/paths.js';

describe('the guarded server with an SDK client', () => {
  let folder: string;
  let received: string;
  let client: Client;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'protocol-'));
    received = path.join(folder, 'received.jsonl');
    client = new Client(
      { name: 'protocol-test', version: '1.0.0' },
      { capabilities: { sampling: {}, elicitation: {}, roots: {} } },
    );
    const tee = ['node', path.join(root, 'examples/quickstart/test/support/tee-stdin.mjs'), received];
    const [command, ...args] = [...guardCommand, '--log-level', 'warn', '--', ...tee, ...serverCommand];
    client.setRequestHandler(CreateMessageRequestSchema, (request) => ({
      model: 'test-model',
      role: 'assistant',
      content: { type: 'text', text: `sampled: ${JSON.stringify(request.params.messages)}` },
    }));
    client.setRequestHandler(ElicitRequestSchema, () => ({
      action: 'accept',
      content: { name: 'Grace Hopper' },
    }));
    await client.connect(new StdioClientTransport({ command: command ?? 'node', args, cwd: root }));
  });

  afterEach(async () => {
    await client.close();
    await rm(folder, { recursive: true });
  });

  it('delivers every progress notification, in order, before the result', async () => {
    // The SDK's client drops the last one when it comes in one read with the result, so look at what it is given.
    const { transport } = client;
    const handle = transport?.onmessage;
    const received: JSONRPCMessage[] = [];
    if (transport) {
      transport.onmessage = (message, extra) => {
        received.push(message);
        handle?.(message, extra);
      };
    }
    await client.callTool(
      { name: 'trigger-long-running-operation', arguments: { duration: 0.2, steps: 10 } },
      CallToolResultSchema,
      { onprogress: () => {} },
    );
    const progress = received.filter(
      (message) => 'method' in message && message.method === 'notifications/progress',
    );
    expect(progress.map((message) => 'params' in message && message.params)).toMatchObject(
      Array.from({ length: 10 }, (_, step) => ({ progress: step + 1, total: 10 })),
    );
    const result = received.findIndex((message) => 'result' in message && 'content' in message.result);
    expect(received.findLastIndex((message) => progress.includes(message))).toBeLessThan(result);
  });

  it('hands a cancellation on to the server in the middle of a call', async () => {
    const abort = new AbortController();
    const call = client.callTool(
      { name: 'trigger-long-running-operation', arguments: { duration: 30, steps: 600 } },
      CallToolResultSchema,
      { signal: abort.signal, onprogress: () => abort.abort('enough') },
    );
    await expect(call).rejects.toThrow('enough');
    // A later answer shows that everything sent before it has arrived.
    await client.callTool({ name: 'echo', arguments: { message: 'still there' } });
    const lines = (await readFile(received, 'utf8')).trimEnd().split('\n');
    const messages = lines.map(
      (line) => JSON.parse(line) as { method?: string; id?: unknown; params?: unknown },
    );
    const started = messages.find(({ params }) => JSON.stringify(params ?? '').includes('long-running'));
    const cancelled = messages.find(({ method }) => method === 'notifications/cancelled');
    expect(started?.id).toBeDefined();
    expect(cancelled?.params).toMatchObject({ requestId: started?.id, reason: 'enough' });
  });

  it('takes a sampling request to the client and the answer back', async () => {
    const result = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'why?' } });
    expect(JSON.stringify(result.content)).toContain('sampled: ');
    expect(JSON.stringify(result.content)).toContain('why?');
  });

  it('takes an elicitation request to the client and the answer back', async () => {
    const result = await client.callTool({ name: 'trigger-elicitation-request', arguments: {} });
    expect(JSON.stringify(result.content)).toContain('Grace Hopper');
  });
}, 60_000);
