// A proxy made of the SDK's own Server and Client, as most proxies are: `sdk-proxy.mjs URL` prints its URL.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';

const client = new Client({ name: 'proxy', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2] ?? '')));
const server = new Server({ name: 'proxy', version: '1' }, { capabilities: { tools: {} } });
server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
  client.request({ method: 'tools/call', params }, CallToolResultSchema),
);
const transport = new StreamableHTTPServerTransport({
  sessionIdGenerator: () => randomUUID(),
  enableJsonResponse: true,
});
await server.connect(transport);
const http = createServer((request, response) => void transport.handleRequest(request, response));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/mcp`);
});
