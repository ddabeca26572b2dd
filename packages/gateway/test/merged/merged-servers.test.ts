import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { block, type HookHandlers, modify } from '@mcpplugins/framework-core';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { UpstreamOptions } from '../../src/upstream/upstream-options.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';
import { connectClient, everyCapability, serverFile } from '../support/start-stdio.js';

const folder = mkdtempSync(path.join(tmpdir(), 'merged-'));
writeFileSync(path.join(folder, 'a.txt'), 'SSN 123-45-6789');

afterEach(stopAll);
afterEach(() => {
  rmSync(path.join(folder, 'memory.jsonl'), { force: true });
});

const node = (...args: readonly string[]): UpstreamOptions => ({
  command: process.execPath,
  args,
  closeGraceMs: 200,
});
const servers = {
  everything: node(serverFile('everything')),
  files: node(serverFile('filesystem'), folder),
  memory: { ...node(serverFile('memory')), env: { MEMORY_FILE_PATH: path.join(folder, 'memory.jsonl') } },
};
const broken = {
  ...servers,
  broken: node(fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url)), 'exit', '1'),
};

async function connect(
  chosen: Readonly<Record<string, UpstreamOptions>> = servers,
  plugins: readonly HookHandlers[] = [],
  prepare?: Parameters<typeof connectClient>[2],
) {
  const { url, logged } = await startHttpGateway(chosen, plugins);
  const transport = new StreamableHttpClientTransport({ url });
  return { ...(await connectClient(transport, everyCapability, prepare)), logged };
}

const textOf = (result: unknown): string => JSON.stringify((result as { content: unknown }).content);

describe('several servers under /mcp', () => {
  it('list the tools of all, each under the name of its server, and call them', async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['everything__echo', 'files__read_text_file', 'memory__create_entities']),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(
      textOf(await client.callTool({ name: 'everything__echo', arguments: { message: 'hi' } })),
    ).toContain('Echo: hi');
    const file = { name: 'files__read_text_file', arguments: { path: path.join(folder, 'a.txt') } };
    expect(textOf(await client.callTool(file))).toContain('SSN 123-45-6789');
    const entities = [{ name: 'Ada', entityType: 'person', observations: ['counts'] }];
    await client.callTool({ name: 'memory__create_entities', arguments: { entities } });
    expect(textOf(await client.callTool({ name: 'memory__read_graph', arguments: {} }))).toContain('Ada');
    await client.close();
  });

  it('work with the client of SDK version 2', async () => {
    const { url } = await startHttpGateway(servers);
    const client = new ClientV2({ name: 'v2', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new TransportV2(url));
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('memory__read_graph');
    const sum = { name: 'everything__get-sum', arguments: { a: 2, b: 3 } };
    expect(textOf(await client.callTool(sum))).toContain('The sum of 2 and 3 is 5.');
    await client.close();
  });

  it('answer calls of names that were never listed, and name the nearest for one that nobody has', async () => {
    const { client } = await connect();
    expect(
      textOf(await client.callTool({ name: 'everything__echo', arguments: { message: 'x' } })),
    ).toContain('Echo: x');
    await expect(client.callTool({ name: 'everything__ecko', arguments: {} })).rejects.toThrow(
      'did you mean "everything__echo"?',
    );
    await client.close();
  });

  it("are guarded by the servers' own names: conditions and records mean the same as for one server", async () => {
    const seen: unknown[] = [];
    const requests: string[] = [];
    const guard: HookHandlers = {
      tool_pre_invoke: ({ name, args }, { serverId, requestId }) => {
        seen.push([name, serverId]);
        requests.push(requestId);
        return JSON.stringify(args).includes('forbidden')
          ? block({ code: 'DENIED', reason: 'no' })
          : undefined;
      },
      tool_post_invoke: (payload) => {
        const text = JSON.stringify(payload.result).replaceAll(/\d{3}-\d{2}-\d{4}/g, '[ssn]');
        return modify({ ...payload, result: JSON.parse(text) as unknown });
      },
    };
    const { client } = await connect(servers, [guard]);
    const file = { name: 'files__read_text_file', arguments: { path: path.join(folder, 'a.txt') } };
    expect(textOf(await client.callTool(file))).toContain('SSN [ssn]');
    expect(
      await client.callTool({ name: 'everything__echo', arguments: { message: 'forbidden' } }),
    ).toMatchObject({
      isError: true,
      _meta: { 'mcpplugins.dev/violation': { code: 'DENIED' } },
    });
    expect(seen).toEqual([
      ['read_text_file', 'files'],
      ['echo', 'everything'],
    ]);
    expect(new Set(requests).size).toBe(2);
    await client.close();
  });

  it('send progress before the answer, sample, ask and ask for roots inside of calls', async () => {
    const { client, texts } = await connect(servers, [], (one) => {
      one.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: 'Ada' } }));
      one.setRequestHandler(ListRootsRequestSchema, () => ({
        roots: [{ uri: `file://${folder}`, name: 'r' }],
      }));
      one.setRequestHandler(CreateMessageRequestSchema, () => ({
        model: 'm',
        role: 'assistant',
        content: { type: 'text', text: 'sampled' },
      }));
    });
    const slow = {
      name: 'everything__trigger-long-running-operation',
      arguments: { duration: 0.2, steps: 4 },
    };
    await client.callTool(slow, CallToolResultSchema, { onprogress: () => {} });
    const seen = texts.flatMap((text) => {
      const { params, result } = JSON.parse(text) as {
        params?: { progress?: number };
        result?: { content?: unknown };
      };
      return params?.progress ?? (result?.content === undefined ? [] : 'answer');
    });
    expect(seen).toEqual([1, 2, 3, 4, 'answer']);
    const sampling = { name: 'everything__trigger-sampling-request', arguments: { prompt: 'p' } };
    expect(textOf(await client.callTool(sampling))).toContain('sampled');
    expect(textOf(await client.callTool({ name: 'everything__trigger-elicitation-request' }))).toContain(
      'Ada',
    );
    await client.close();
  });

  it('cancel a call at the server that has it', async () => {
    const { client } = await connect();
    const abort = new AbortController();
    const slow = {
      name: 'everything__trigger-long-running-operation',
      arguments: { duration: 30, steps: 3 },
    };
    const running = client.callTool(slow, CallToolResultSchema, { signal: abort.signal });
    await client.ping();
    abort.abort();
    await expect(running).rejects.toThrow();
    expect(
      textOf(await client.callTool({ name: 'everything__echo', arguments: { message: 'x' } })),
    ).toContain('Echo: x');
    await client.close();
  });

  it('have their prompts, resources, templates and completions', async () => {
    const { client } = await connect();
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('everything__completable-prompt');
    const prompt = await client.getPrompt({ name: 'everything__simple-prompt' });
    expect(JSON.stringify(prompt.messages)).toContain('simple prompt');
    const { resources } = await client.listResources();
    const [first] = resources;
    expect(JSON.stringify(await client.readResource({ uri: String(first?.uri) }))).toContain(
      String(first?.uri),
    );
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.length).toBeGreaterThan(0);
    expect(JSON.stringify(await client.readResource({ uri: 'demo://resource/dynamic/text/1' }))).toContain(
      'dynamic/text/1',
    );
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'everything__completable-prompt' },
      argument: { name: 'department', value: 'E' },
    });
    expect(completion.values).toEqual(['Engineering']);
    await expect(client.readResource({ uri: 'demo://nobody/has/this' })).rejects.toThrow();
    await client.close();
  });

  it('tell of updates and logs, each by the name of its server', async () => {
    const loggers: unknown[] = [];
    const updated: string[] = [];
    const { client } = await connect(servers, [], (one) => {
      one.setNotificationHandler(
        LoggingMessageNotificationSchema,
        ({ params }) => void loggers.push(params.logger),
      );
      one.setNotificationHandler(
        ResourceUpdatedNotificationSchema,
        ({ params }) => void updated.push(params.uri),
      );
    });
    await client.setLoggingLevel('debug');
    const uri = 'demo://resource/dynamic/text/1';
    await client.subscribeResource({ uri });
    await client.callTool({ name: 'everything__toggle-subscriber-updates', arguments: {} });
    await expect.poll(() => updated, { timeout: 30_000 }).toContain(uri);
    await client.callTool({ name: 'everything__toggle-simulated-logging', arguments: {} });
    await expect.poll(() => loggers, { timeout: 30_000 }).not.toEqual([]);
    expect(loggers.every((logger) => String(logger).startsWith('everything'))).toBe(true);
    await client.close();
  });

  it('U12: one that cannot be started is named, and the others work', async () => {
    const { client, texts, logged } = await connect(broken);
    expect(client.getInstructions()).toContain('# broken\n\nThis server is not available: ');
    const { tools, _meta } = await client.listTools();
    expect(tools.length).toBeGreaterThan(20);
    expect(_meta?.['mcpplugins.dev/unavailable']).toMatchObject([{ server: 'broken' }]);
    expect(texts.join()).not.toContain('cannot open the database');
    expect(logged.join('\n')).toContain('cannot open the database');
    await client.close();
  });

  it('U12: none that can be started is an error, never an empty list', async () => {
    const { url } = await startHttpGateway({ a: broken.broken, b: broken.broken });
    const transport = new StreamableHttpClientTransport({ url });
    await expect(connectClient(transport)).rejects.toThrow('no server is available');
  });
});
