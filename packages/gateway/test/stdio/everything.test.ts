import { block, type HookHandlers, modify } from '@mcpplugins/framework-core';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  CreateTaskResultSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import {
  clientEndOf,
  type ConnectedClient,
  connectClient,
  directEnd,
  everyCapability,
  serverFile,
  type StartedGateway,
  startGateway,
} from '../support/start-stdio.js';

const ssn = /\b\d{3}-\d{2}-\d{4}\b/g;

function maskTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(ssn, '[ssn]');
  if (Array.isArray(value)) return value.map(maskTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskTexts(item)]));
}

/** Masks results and blocks a word in arguments; each prompt and resource it sees is left as it is. */
const guard = {
  tool_pre_invoke: ({ args }) =>
    JSON.stringify(args).includes('forbidden')
      ? block({ code: 'DENIED', reason: 'A word is denied' })
      : undefined,
  tool_post_invoke: (payload) => modify({ ...payload, result: maskTexts(payload.result) }),
  prompt_post_fetch: () => undefined,
  resource_post_fetch: () => undefined,
} satisfies HookHandlers;

const open: StartedGateway[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ gateway }) => gateway.close()));
});

async function connect(
  plugins: readonly HookHandlers[] = [guard],
  ...rest: Parameters<typeof connectClient> extends [unknown, ...infer Rest] ? Rest : never
): Promise<ConnectedClient> {
  const started = await startGateway([serverFile('everything')], plugins);
  open.push(started);
  return connectClient(clientEndOf(started), ...rest);
}

describe('server-everything behind a gateway', () => {
  it('lists exactly what it lists directly, byte for byte, for a bare and a capable client', async () => {
    for (const capabilities of [{}, everyCapability]) {
      const direct = await connectClient(directEnd([serverFile('everything')]), capabilities);
      const guarded = await connect([guard], capabilities);
      for (const { client } of [direct, guarded]) {
        await client.listTools();
        await client.listPrompts();
        await client.listResources();
        await client.listResourceTemplates();
      }
      const answers = (texts: readonly string[]): string[] =>
        texts.filter((text) => /"(tools|prompts|resources|resourceTemplates)":\[/.test(text));
      expect(answers(guarded.texts)).toEqual(answers(direct.texts));
      expect(answers(guarded.texts)).toHaveLength(4);
      await direct.client.close();
    }
  });

  it('has its echo masked and a denied word refused', async () => {
    const { client } = await connect();
    const echoed = await client.callTool({ name: 'echo', arguments: { message: 'my SSN is 123-45-6789' } });
    expect(echoed).toMatchObject({ content: [{ text: 'Echo: my SSN is [ssn]' }] });
    const refused = await client.callTool({ name: 'echo', arguments: { message: 'forbidden' } });
    expect(refused).toMatchObject({
      isError: true,
      _meta: {
        'mcpplugins.dev/violation': {
          code: 'DENIED',
          reason: 'A word is denied',
          plugin: 'plugin-1',
          hook: 'tool_pre_invoke',
        },
      },
    });
  });

  it('answers prompts, resources and completions as it does directly', async () => {
    const direct = await connectClient(directEnd([serverFile('everything')]));
    const guarded = await connect();
    const ask = async ({ client }: ConnectedClient): Promise<unknown[]> => [
      await client.getPrompt({ name: 'args-prompt', arguments: { city: 'Oslo' } }),
      await client.getPrompt({
        name: 'resource-prompt',
        arguments: { resourceType: 'Text', resourceId: '1' },
      }),
      await client.complete({
        ref: { type: 'ref/prompt', name: 'completable-prompt' },
        argument: { name: 'department', value: 'E' },
      }),
      await client.callTool({ name: 'get-structured-content', arguments: { location: 'Chicago' } }),
      await client.callTool({ name: 'get-tiny-image' }),
      await client.callTool({ name: 'get-resource-links', arguments: { count: 3 } }),
      await client.callTool({ name: 'get-sum', arguments: { a: 'x' } }),
      await client.readResource({ uri: 'demo://resource/static/document/features.md' }),
    ];
    // The server writes the time of day into some answers.
    const withoutTime = (answers: unknown[]): unknown =>
      JSON.parse(JSON.stringify(answers).replaceAll(/\d+:\d{2}:\d{2} [AP]M/g, 'now'));
    expect(withoutTime(await ask(guarded))).toEqual(withoutTime(await ask(direct)));
    await direct.client.close();
  });

  it('sends every progress notification, in order, before the answer', async () => {
    const slow = { tool_post_invoke: async () => new Promise<void>((resolve) => setImmediate(resolve)) };
    const { client, texts } = await connect([slow]);
    await client.callTool(
      { name: 'trigger-long-running-operation', arguments: { duration: 0.2, steps: 4 } },
      CallToolResultSchema,
      { onprogress: () => {} },
    );
    const seen = texts
      .map(
        (text) =>
          JSON.parse(text) as { readonly params?: { readonly progress?: number }; readonly result?: unknown },
      )
      .map(({ params }) => params?.progress ?? 'answer');
    expect(seen.slice(-5)).toEqual([1, 2, 3, 4, 'answer']);
  });

  it('tells of changed tools and of log messages', async () => {
    const listChanged = new Promise<void>((resolve) => {
      void connect([guard], everyCapability, (client) => {
        client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
      });
    });
    await listChanged;
    let logged = 0;
    const { client } = await connect([guard], {}, (one) => {
      one.setNotificationHandler(LoggingMessageNotificationSchema, () => void logged++);
    });
    await client.setLoggingLevel('debug');
    await client.callTool({ name: 'toggle-simulated-logging' });
    await expect.poll(() => logged, { timeout: 10_000 }).toBeGreaterThan(0);
  });

  it('asks the client for samples, answers and roots inside of running calls', async () => {
    const { client } = await connect([guard], everyCapability, (one) => {
      one.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({
        model: 'm',
        role: 'assistant',
        content: { type: 'text', text: `sampled ${params.maxTokens} 123-45-6789` },
      }));
      one.setRequestHandler(ElicitRequestSchema, () => ({
        action: 'accept',
        content: { name: 'Ada', check: true },
      }));
      one.setRequestHandler(ListRootsRequestSchema, () => ({
        roots: [{ uri: 'file:///somewhere', name: 'root' }],
      }));
    });
    await expect.poll(async () => (await client.listTools()).tools.length).toBe(19);
    const sampled = await client.callTool({
      name: 'trigger-sampling-request',
      arguments: { prompt: 'p', maxTokens: 7 },
    });
    expect(JSON.stringify(sampled)).toContain('sampled 7 [ssn]');
    const elicited = await client.callTool({ name: 'trigger-elicitation-request' });
    expect(JSON.stringify(elicited)).toContain('Ada');
    const roots = await client.callTool({ name: 'get-roots-list' });
    expect(JSON.stringify(roots)).toContain('file:///somewhere');
  });

  it('runs a task that asks the client, and has its result guarded', async () => {
    const { client } = await connect([guard], everyCapability, (one) => {
      one.setRequestHandler(ElicitRequestSchema, () => ({
        action: 'accept',
        content: { interpretation: 'technical' },
      }));
    });
    const topic = 'python 123-45-6789';
    const created = await client.request(
      {
        method: 'tools/call',
        params: {
          name: 'simulate-research-query',
          arguments: { topic, ambiguous: true },
          task: { ttl: 60_000 },
        },
      },
      CreateTaskResultSchema,
    );
    const { taskId } = created.task;
    const result = await client.request({ method: 'tasks/result', params: { taskId } }, CallToolResultSchema);
    expect(JSON.stringify(result)).toContain('python [ssn]');
    expect(JSON.stringify(result)).not.toContain('123-45-6789');
  });
});

describe.each(['filesystem', 'memory'] as const)('server-%s behind a gateway', (name) => {
  it('lists exactly what it lists directly, and works', async () => {
    const args = [serverFile(name), ...(name === 'filesystem' ? [import.meta.dirname] : [])];
    const direct = await connectClient(directEnd(args));
    const started = await startGateway(args, [guard]);
    open.push(started);
    const guarded = await connectClient(clientEndOf(started));
    for (const { client } of [direct, guarded]) await client.listTools();
    expect(guarded.texts.at(-1)).toBe(direct.texts.at(-1));
    const call =
      name === 'filesystem'
        ? { name: 'list_directory', arguments: { path: import.meta.dirname } }
        : { name: 'search_nodes', arguments: { query: 'nothing' } };
    expect(await guarded.client.callTool(call)).toEqual(await direct.client.callTool(call));
    await direct.client.close();
  });
});
