import type { PluginManager } from '@mcpplugins/framework-core';
import { guardTransport, violationMetaKey } from '@mcpplugins/gateway';
import { createMemoryTransports, type Transport } from '@mcpplugins/mcp-transport';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createNotesServer as createV1Server } from '../src/notes-v1.js';
import { createNotesServer as createV2Server } from '../src/notes-v2.js';
import { serveNotes } from '../src/serve-notes.js';
import { startGuard } from '../src/start-guard.js';

let manager: PluginManager;
beforeAll(async () => {
  manager = await startGuard();
});
afterAll(() => manager.shutdown());

const versions = [
  [
    'version 1',
    (transport: Transport, notes: string[]) =>
      createV1Server(notes).connect(guardTransport(transport, { manager, serverName: 'notes' })),
  ],
  [
    'version 2',
    (transport: Transport, notes: string[]) =>
      createV2Server(notes).connect(guardTransport(transport, { manager, serverName: 'notes' })),
  ],
] as const;

describe.each(versions)('plugins around a server of the SDK, %s', (_version, connect) => {
  let notes: string[];
  let client: Client;

  beforeEach(async () => {
    notes = [];
    const [clientEnd, serverEnd] = createMemoryTransports();
    await connect(serverEnd, notes);
    client = new Client({ name: 'example', version: '1.0.0' });
    await client.connect(clientEnd);
  });
  afterEach(() => client.close());

  const add = (text: string) => client.callTool({ name: 'add_note', arguments: { text } });

  it('mask arguments before the tool sees them', async () => {
    await add('SSN 123-45-6789');
    expect(notes).toEqual([expect.stringMatching(/^SSN (?!123-45-6789)\S+$/)]);
  });

  it('mask results before the client sees them', async () => {
    notes.push('SSN 123-45-6789');
    const { content } = await client.callTool({ name: 'read_notes' });
    expect(JSON.stringify(content)).not.toContain('123-45');
  });

  it('refuse a call before the tool runs', async () => {
    const refused = await add('the plan of Project Nightfall');
    expect(notes).toEqual([]);
    expect(refused).toMatchObject({
      isError: true,
      _meta: { [violationMetaKey]: { plugin: 'deny-words', hook: 'tool_pre_invoke' } },
    });
  });

  it('leave everything else as it is', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['add_note', 'read_notes']);
    expect(client.getServerVersion()).toEqual({ name: 'notes', version: '1.0.0' });
    expect(await add('milk')).toEqual({ content: [{ type: 'text', text: 'Kept: milk' }] });
  });
});

it('serveNotes guards the transport that it is given', async () => {
  const [clientEnd, serverEnd] = createMemoryTransports();
  await serveNotes(manager, serverEnd);
  const client = new Client({ name: 'example', version: '1.0.0' });
  await client.connect(clientEnd);
  const { isError } = await client.callTool({ name: 'add_note', arguments: { text: 'Project Nightfall' } });
  await client.close();
  expect(isError).toBe(true);
});
