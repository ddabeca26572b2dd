import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { modify } from '@mcpplugins/framework-core';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import { guardTransport } from '../../src/embed/guard-transport.js';
import { startManager } from '../support/start-relay.js';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A client of a guarded server, which are joined by the SDK's own transports. */
async function connect(): Promise<Client> {
  const manager = await startManager({
    tool_post_invoke: (payload) =>
      modify({ ...payload, result: JSON.parse(JSON.stringify(payload.result).replace('ada', 'A.')) }),
  });
  const server = new McpServer({ name: 'who', version: '1.0.0' });
  server.registerTool('who', {}, async ({ authInfo, _meta, sendNotification }) => {
    const progressToken = _meta?.progressToken ?? 'none';
    for (const progress of [1, 2]) {
      await sendNotification({ method: 'notifications/progress', params: { progressToken, progress } });
    }
    return { content: [{ type: 'text', text: `${authInfo?.clientId} of ${authInfo?.scopes.join()}` }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => 'session-1' });
  await server.connect(guardTransport(transport, { manager, serverName: 'who' }));
  const auth: AuthInfo = { token: 'x', clientId: 'ada', scopes: ['engines'] };
  const http = createServer((request: IncomingMessage & { auth?: AuthInfo }, response) => {
    request.auth = auth;
    void transport.handleRequest(request, response);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${address.port}/mcp`)));
  cleanUps.push(
    () => manager.shutdown(),
    async () => http.closeAllConnections(),
    async () => http.close(),
    () => server.close(),
    () => client.close(),
  );
  return client;
}

describe("guardTransport around the SDK's Streamable HTTP", () => {
  it('keeps authentication, progress in the stream of its call, and guards the result', async () => {
    const client = await connect();
    const progress: number[] = [];
    const { content } = await client.callTool({ name: 'who' }, undefined, {
      onprogress: (seen) => void progress.push(seen.progress),
    });
    expect(content).toEqual([{ type: 'text', text: 'A. of engines' }]);
    expect(progress).toEqual([1, 2]);
  });
});
