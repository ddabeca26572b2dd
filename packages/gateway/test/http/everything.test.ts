import { block, type HookHandlers, modify } from '@mcpplugins/framework-core';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  CreateTaskResultSchema,
  ElicitRequestSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import {
  everythingOverStdio,
  startEverythingOverHttp,
  startHttpGateway,
  stopAll,
} from '../support/start-http.js';
import { connectClient, directEnd, everyCapability, serverFile } from '../support/start-stdio.js';

afterEach(stopAll);

const guard = {
  tool_pre_invoke: ({ args }) =>
    JSON.stringify(args).includes('forbidden')
      ? block({ code: 'DENIED', reason: 'A word is denied' })
      : undefined,
  tool_post_invoke: async (payload) => {
    await new Promise((resolve) => setImmediate(resolve));
    const text = JSON.stringify(payload.result).replace(/\d{3}-\d{2}-\d{4}/g, '[ssn]');
    return modify({ ...payload, result: JSON.parse(text) as unknown });
  },
} satisfies HookHandlers;

describe.each([
  ['stdio', async () => everythingOverStdio],
  ['HTTP', startEverythingOverHttp],
])('server-everything over %s behind a gateway on HTTP', (_leg, startUpstream) => {
  it('lists exactly what it lists directly, and has its calls guarded', async () => {
    const { url } = await startHttpGateway({ everything: await startUpstream() }, [guard]);
    const direct = await connectClient(directEnd([serverFile('everything')]), everyCapability);
    const { client, texts } = await connectClient(
      new StreamableHttpClientTransport({ url }),
      everyCapability,
    );
    await expect.poll(async () => (await client.listTools()).tools.length).toBe(19);
    await expect.poll(async () => (await direct.client.listTools()).tools.length).toBe(19);
    const toolsOf = (lines: readonly string[]): unknown => {
      const text = lines.findLast((line) => line.includes('"tools":['));
      return (JSON.parse(text ?? '{}') as { readonly result?: unknown }).result;
    };
    expect(toolsOf(texts)).toEqual(toolsOf(direct.texts));
    await direct.client.close();

    const echo = { name: 'echo', arguments: { message: 'SSN 123-45-6789' } };
    expect(await client.callTool(echo)).toMatchObject({ content: [{ text: 'Echo: SSN [ssn]' }] });
    expect(await client.callTool({ name: 'echo', arguments: { message: 'forbidden' } })).toMatchObject({
      isError: true,
      _meta: { 'mcpplugins.dev/violation': { code: 'DENIED' } },
    });
    await client.close();
  });

  it('sends progress 4 of 4 before the answer, samples and asks inside of calls, and tells of changes', async () => {
    const { url } = await startHttpGateway({ everything: await startUpstream() }, [guard]);
    let changes = 0;
    const { client, texts } = await connectClient(
      new StreamableHttpClientTransport({ url }),
      everyCapability,
      (one) => {
        one.setNotificationHandler(ToolListChangedNotificationSchema, () => void changes++);
        one.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: 'Ada' } }));
        one.setRequestHandler(CreateMessageRequestSchema, () => ({
          model: 'm',
          role: 'assistant',
          content: { type: 'text', text: 'sampled' },
        }));
      },
    );
    await expect.poll(() => changes).toBeGreaterThan(0);
    texts.length = 0;
    const slow = { name: 'trigger-long-running-operation', arguments: { duration: 0.2, steps: 4 } };
    await client.callTool(slow, CallToolResultSchema, { onprogress: () => {} });
    type Message = { readonly params?: { readonly progress?: number }; readonly result?: unknown };
    const seen = texts.flatMap((text) => {
      const { params, result } = JSON.parse(text) as Message;
      // Notifications that the server sends of its own accord may come at any time.
      return params?.progress ?? (result === undefined ? [] : 'answer');
    });
    expect(seen).toEqual([1, 2, 3, 4, 'answer']);

    const sampled = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'p' } });
    expect(JSON.stringify(sampled)).toContain('sampled');
    expect(JSON.stringify(await client.callTool({ name: 'trigger-elicitation-request' }))).toContain('Ada');
    await client.close();
  });

  it('has the result of a task that asks the client guarded', async () => {
    const { url } = await startHttpGateway({ everything: await startUpstream() }, [guard]);
    const { client } = await connectClient(
      new StreamableHttpClientTransport({ url }),
      everyCapability,
      (one) => {
        one.setRequestHandler(ElicitRequestSchema, () => ({
          action: 'accept',
          content: { interpretation: 'technical' },
        }));
      },
    );
    const topic = 'python 123-45-6789';
    const params = {
      name: 'simulate-research-query',
      arguments: { topic, ambiguous: true },
      task: { ttl: 60_000 },
    };
    const { task } = await client.request({ method: 'tools/call', params }, CreateTaskResultSchema);
    const asked = { method: 'tasks/result', params: { taskId: task.taskId } } as const;
    const result = await client.request(asked, CallToolResultSchema);
    expect(JSON.stringify(result)).toContain('python [ssn]');
    await client.close();
  });
});

describe('the SDK clients', () => {
  it('of version 1 and 2 work against a gateway on HTTP', async () => {
    const { url, gateway } = await startHttpGateway({ everything: everythingOverStdio }, [guard]);
    const { client } = await connectClient(
      new StreamableHTTPClientTransport(new URL('/servers/everything/mcp', url)),
    );
    expect(await client.callTool({ name: 'get-sum', arguments: { a: 2, b: 3 } })).toMatchObject({
      content: [{ text: 'The sum of 2 and 3 is 5.' }],
    });
    const second = new ClientV2({ name: 'v2', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await second.connect(new TransportV2(url));
    expect((await second.listTools()).tools.length).toBeGreaterThan(10);
    expect(gateway.sessionCount).toBe(2);
    await Promise.all([client.close(), second.close()]);
  });
});
