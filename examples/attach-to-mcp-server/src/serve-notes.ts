import type { PluginManager } from '@mcpplugins/framework-core';
import { guardTransport } from '@mcpplugins/gateway';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { createNotesServer } from './notes-v1.js';

/** Serves notes on a transport, by default the standard streams. The one call is `guardTransport`. */
export async function serveNotes(
  manager: PluginManager,
  transport: Transport = new StdioServerTransport(),
): Promise<void> {
  const server = createNotesServer([]);
  await server.connect(guardTransport(transport, { manager, serverName: 'notes' }));
}
