// A child process answers a JSON-RPC request over stdio.
import assert from 'node:assert/strict';
import { StdioClientTransport } from '@mcpplugins/mcp-transport';

const server = `
  const { StdioServerTransport } = await import('@mcpplugins/mcp-transport');
  const transport = new StdioServerTransport();
  transport.onmessage = ({ id }) => void transport.send({ jsonrpc: '2.0', id, result: { pong: true } });
  await transport.start();
`;
const client = new StdioClientTransport({
  command: process.execPath,
  args: ['--input-type=module', '-e', server],
});
const answer = new Promise((resolve, reject) => {
  client.onmessage = resolve;
  client.onerror = reject;
});
await client.start();
await client.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
assert.deepEqual(await answer, { jsonrpc: '2.0', id: 1, result: { pong: true } });
await client.close();
console.log('a child process answered over stdio');
