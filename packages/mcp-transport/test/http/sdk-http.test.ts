import { randomUUID } from 'node:crypto';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { ElicitRequestSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import { StreamableHttpClientTransport } from '../../src/http/client/streamable-http-client-transport.js';
import { StreamableHttpServer } from '../../src/http/server/streamable-http-server.js';
import { closeServers, listen } from '../support/listen.js';
import { createSdkServer } from '../support/sdk-server.js';

afterEach(closeServers);

/** An SDK server on our HTTP server. */
async function serveOurs(): Promise<URL> {
  const http = new StreamableHttpServer({ onSession: async (session) => createSdkServer().connect(session) });
  const { url } = await listen(http.handle);
  return url;
}

/** The same server on the SDK's HTTP server. */
async function serveSdk(): Promise<URL> {
  const transports = new Map<string, StreamableHTTPServerTransport>();
  const { url } = await listen((request, response) => {
    const existing = transports.get(String(request.headers['mcp-session-id']));
    const transport =
      existing ??
      new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (id) => void transports.set(id, transport),
      });
    const connected = existing === undefined ? createSdkServer().connect(transport) : Promise.resolve();
    void connected.then(() => transport.handleRequest(request, response));
  });
  return url;
}

const capabilities = { elicitation: { form: {} } };

describe.each([
  ['the SDK transport to our server', serveOurs, (url: URL) => new StreamableHTTPClientTransport(url)],
  ['our transport to the SDK server', serveSdk, (url: URL) => new StreamableHttpClientTransport({ url })],
  ['our transport to our server', serveOurs, (url: URL) => new StreamableHttpClientTransport({ url })],
])('an SDK client on %s', (_name, serve, createTransport) => {
  it('calls tools, gets progress before the answer, answers the server, and ends its session', async () => {
    const transport = createTransport(await serve());
    const client = new Client({ name: 'client', version: '1.0.0' }, { capabilities });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' }));
    let changes = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => void changes++);
    // Set before the connection, it is called before the client's own: that drops progress which arrives with the answer.
    const kinds: string[] = [];
    transport.onmessage = (message: object) => {
      kinds.push('method' in message ? String(message.method) : 'answer');
    };
    await client.connect(transport);
    expect(transport.sessionId).toMatch(/^[0-9a-f-]{36}$/);

    const echoes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.callTool({ name: 'echo', arguments: { text: `é${index}` } }),
      ),
    );
    expect(echoes.map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, index) => [{ type: 'text', text: `é${index}` }]),
    );

    kinds.length = 0;
    await client.callTool({ name: 'progress', arguments: { steps: 4 } }, undefined, { onprogress: () => {} });
    expect(kinds).toEqual([...Array.from({ length: 4 }, () => 'notifications/progress'), 'answer']);

    expect(await client.callTool({ name: 'ask' })).toMatchObject({ content: [{ text: 'decline' }] });

    await client.callTool({ name: 'change' });
    await expect.poll(() => changes).toBe(1);
    await client.close();
  });
});

describe('an SDK client of version 2 on our server', () => {
  it('calls tools', async () => {
    const client = new ClientV2({ name: 'client', version: '1.0.0' });
    await client.connect(new TransportV2(await serveOurs()));
    const result = await client.callTool({ name: 'echo', arguments: { text: 'hi' } });
    expect(result).toMatchObject({ content: [{ text: 'hi' }] });
    await client.close();
  });
});
