import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** A server of the SDK's version 1 that keeps notes, and knows nothing of plugins. */
export function createNotesServer(notes: string[]): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('add_note', { inputSchema: { text: z.string() } }, ({ text }) => {
    notes.push(text);
    return { content: [{ type: 'text', text: `Kept: ${text}` }] };
  });
  server.registerTool('read_notes', {}, () => ({
    content: notes.map((text) => ({ type: 'text', text })),
  }));
  return server;
}
