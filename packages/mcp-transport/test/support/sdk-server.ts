import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** An SDK server with a tool for everything that a stream can carry. */
export function createSdkServer(): McpServer {
  const server = new McpServer({ name: 'sdk-server', version: '1.0.0' }, { capabilities: { logging: {} } });
  server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  server.registerTool(
    'progress',
    { inputSchema: { steps: z.number() } },
    async ({ steps }, { _meta, sendNotification }) => {
      for (let progress = 1; progress <= steps; progress++) {
        const params = { progressToken: _meta?.progressToken ?? 0, progress };
        await sendNotification({ method: 'notifications/progress', params });
      }
      return { content: [{ type: 'text', text: 'done' }] };
    },
  );
  server.registerTool('ask', {}, async (extra) => {
    const { action } = await extra.sendRequest(
      {
        method: 'elicitation/create',
        params: { mode: 'form', message: '?', requestedSchema: { type: 'object', properties: {} } },
      },
      z.object({ action: z.string() }),
    );
    return { content: [{ type: 'text', text: action }] };
  });
  server.registerTool('change', {}, () => {
    server.sendToolListChanged();
    return { content: [] };
  });
  return server;
}
