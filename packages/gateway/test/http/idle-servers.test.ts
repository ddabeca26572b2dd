import { fileURLToPath } from 'node:url';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession, post } from '../support/raw-http.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';
import { connectClient } from '../support/start-stdio.js';

afterEach(stopAll);

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const patient = { timeout: 20_000 };

describe('a session with a server that has an idle timeout', () => {
  const echo = {
    command: process.execPath,
    args: [fixture('server.mjs'), 'echo'],
    closeGraceMs: 200,
    idleTimeoutMs: 1000,
  };

  it('ends when the client asks nothing, though it has a stream open, and the client opens a new one', async () => {
    const { gateway, url, logged } = await startHttpGateway({ c: echo });
    const session = await openSession(url);
    const stream = await fetch(url, { headers: { ...session, accept: 'text/event-stream' } });
    expect(stream.status).toBe(200);
    // Reads to its end.
    await stream.text();
    await expect.poll(() => gateway.sessionCount, patient).toBe(0);
    expect((await post(url, { id: 1, method: 'tools/list' }, session)).status).toBe(404);
    expect(logged).toContain('a session with server "c" was closed: it was idle');
    expect((await post(url, { id: 1, method: 'tools/list' }, await openSession(url))).status).toBe(200);
  });

  it('does not end while a call is in flight, and others do', async () => {
    const { gateway, url } = await startHttpGateway({ c: echo });
    const busy = await openSession(url);
    const hanging = post(url, { id: 1, method: 'hang' }, busy);
    await hanging;
    await openSession(url);
    await expect.poll(() => gateway.sessionCount, patient).toBe(1);
    await openSession(url);
    await expect.poll(() => gateway.sessionCount, patient).toBe(1);
    expect((await post(url, { id: 2, method: 'tools/list' }, busy)).status).toBe(200);
    const cancel = { method: 'notifications/cancelled', params: { requestId: 1 } };
    expect((await post(url, cancel, busy)).status).toBe(202);
    await expect.poll(() => gateway.sessionCount, patient).toBe(0);
  });
});

describe('a merged server that has an idle timeout', () => {
  const listing = (name: string) => ({
    command: process.execPath,
    args: [fixture('lists-server.mjs'), name],
    closeGraceMs: 200,
    idleTimeoutMs: 1000,
  });
  const statusOf = async (url: URL) => {
    const { servers } = (await (await fetch(new URL('/ready', url))).json()) as {
      readonly servers: Readonly<Record<'used' | 'spare', object>>;
    };
    return servers;
  };

  it('is stopped while the session does not use it, started when it is needed, and stays once it was used', async () => {
    const { url } = await startHttpGateway({ used: listing('used'), spare: listing('spare') });
    const { client } = await connectClient(new StreamableHttpClientTransport({ url }));
    const say = (name: string) => client.callTool({ name: `${name}__say`, arguments: { word: 'hi' } });
    expect(await say('used')).toMatchObject({ content: [{ text: 'used says hi' }] });
    const stopped = { state: 'ready', sessions: 0, failures: 0 };
    for (const starts of [1, 2]) {
      await expect.poll(() => statusOf(url), patient).toMatchObject({ spare: { ...stopped, starts } });
      const { tools, _meta } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(['used__say', 'spare__say']);
      expect(_meta).toBeUndefined();
    }
    await expect.poll(() => statusOf(url), patient).toMatchObject({ spare: { ...stopped, starts: 3 } });
    expect(await say('spare')).toMatchObject({ content: [{ text: 'spare says hi' }] });
    expect(await statusOf(url)).toMatchObject({
      used: { state: 'ready', sessions: 1, starts: 1, failures: 0 },
      spare: { state: 'ready', sessions: 1, starts: 4, failures: 0 },
    });
    await client.close();
  });
});
