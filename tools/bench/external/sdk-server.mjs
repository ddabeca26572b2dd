// The SDK's own server with a tool that answers like a plugin server: `node sdk-server.mjs stdio|http`.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const reply = {
  plugin_name: 'pass',
  result: { continue_processing: true, modified_payload: null, violation: null, metadata: {} },
};

function createMcpServer() {
  const server = new Server({ name: 'x', version: '0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(CallToolRequestSchema, () => ({
    content: [{ type: 'text', text: JSON.stringify(reply) }],
  }));
  return server;
}

if (process.argv[2] === 'stdio') await createMcpServer().connect(new StdioServerTransport());
else {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    enableJsonResponse: true,
  });
  await createMcpServer().connect(transport);
  const http = createServer((request, response) => void transport.handleRequest(request, response));
  http.listen(0, '127.0.0.1', () => {
    const address = http.address();
    if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}/mcp`);
  });
}
