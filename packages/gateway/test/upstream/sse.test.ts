import { block } from '@mcpplugins/framework-core';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { afterEach, describe, expect, it } from 'vitest';
import { startEverythingOverSse, startHttpGateway, stopAll } from '../support/start-http.js';
import { connectClient, everyCapability } from '../support/start-stdio.js';

afterEach(stopAll);

describe('an upstream over server-sent events', () => {
  it('has its calls guarded, and its sessions apart', async () => {
    const { url } = await startHttpGateway({ everything: await startEverythingOverSse() }, [
      {
        tool_pre_invoke: ({ args }) =>
          JSON.stringify(args).includes('forbidden')
            ? block({ code: 'DENIED', reason: 'A word is denied' })
            : undefined,
      },
    ]);
    const connect = () => connectClient(new StreamableHttpClientTransport({ url }), everyCapability);
    const clients = await Promise.all([connect(), connect()]);
    const say = async (index: number, message: string) =>
      clients[index]?.client.callTool({ name: 'echo', arguments: { message } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => say(index % 2, `message ${index}`)),
    );
    expect(answers.map((answer) => (answer?.content as { text: string }[] | undefined)?.[0]?.text)).toEqual(
      Array.from({ length: 20 }, (_, index) => `Echo: message ${index}`),
    );
    expect(await say(0, 'forbidden')).toMatchObject({ isError: true });
    for (const { client } of clients) await client.close();
  });

  it('ends a session whose server is gone with an error, at once', async () => {
    const { url } = await startHttpGateway({ everything: { url: 'http://127.0.0.1:1/sse', type: 'sse' } });
    await expect(
      connectClient(new StreamableHttpClientTransport({ url }), everyCapability),
    ).rejects.toThrow();
  });
});
