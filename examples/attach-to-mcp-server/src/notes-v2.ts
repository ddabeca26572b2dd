import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** The same server with version 2 of the SDK. */
export function createNotesServer(notes: string[]): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('add_note', { inputSchema: z.object({ text: z.string() }) }, ({ text }) => {
    notes.push(text);
    return { content: [{ type: 'text', text: `Kept: ${text}` }] };
  });
  server.registerTool('read_notes', {}, () => ({
    content: notes.map((text) => ({ type: 'text', text })),
  }));
  return server;
}
