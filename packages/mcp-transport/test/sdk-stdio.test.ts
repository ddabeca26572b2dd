import { createRequire } from 'node:module';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { describe, expect, it } from 'vitest';
import { StdioClientTransport } from '../src/stdio/stdio-client-transport.js';

const everything = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-everything/dist/index.js',
);

describe.each([
  ['version 1', Client],
  ['version 2', ClientV2],
])('the SDK client of %s', (_version, ClientClass) => {
  it('runs on a child process of ours', async () => {
    const client = new ClientClass({ name: 'client', version: '1.0.0' });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [everything] }));
    const result = await client.callTool({ name: 'echo', arguments: { message: 'hi' } });
    expect(result).toMatchObject({ content: [{ text: 'Echo: hi' }] });
    await client.close();
  });
});
