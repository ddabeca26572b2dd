import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, expect, it } from 'vitest';
import { startHttpGateway, stopAll } from '../support/start-http.js';

afterEach(stopAll);

const file = fileURLToPath(new URL('../fixtures/lists-server.mjs', import.meta.url));

it('P34: a plugin that calls a tool through its own gateway is stopped by the limit of calls, and the gateway lives', async () => {
  let url = new URL('http://localhost/');
  let depth = 0;
  let deepest = 0;
  const call = async (word: string) => {
    const client = new Client({ name: 't', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(url));
    try {
      return await client.callTool({ name: 'say', arguments: { word } });
    } finally {
      await client.close();
    }
  };
  ({ url } = await startHttpGateway(
    { a: { command: process.execPath, args: [file, 'a'], closeGraceMs: 200 } },
    [
      {
        tool_pre_invoke: async ({ args }) => {
          if (args['word'] !== 'again') return;
          deepest = Math.max(deepest, ++depth);
          try {
            const { isError } = await call('again');
            if (isError === true) throw new Error('the call within the call failed');
          } finally {
            depth--;
          }
        },
      },
    ],
    { limits: { maxConcurrentCalls: 5, maxWaitingCalls: 0 } },
  ));
  expect(await call('again')).toMatchObject({
    isError: true,
    _meta: {
      'mcpplugins.dev/violation': { code: 'PLUGIN_ERROR', plugin: 'plugin-1', hook: 'tool_pre_invoke' },
    },
  });
  expect(deepest).toBe(5);
  expect(await call('hello')).toMatchObject({ content: [{ text: 'a says hello' }] });
});
