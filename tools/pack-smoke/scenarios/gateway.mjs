// A gateway before a child process: one tool call is blocked, another reaches the server and comes back.
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { block, definePlugin, PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, serveStdio, violationMetaKey } from '@mcpplugins/gateway';

const server = `
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, params } = JSON.parse(line);
    const result = { content: [{ type: 'text', text: 'ran ' + params.name }] };
    process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
  });
`;
const Guard = definePlugin({
  name: 'guard',
  hooks: () => ({
    tool_pre_invoke: ({ name }) =>
      name === 'rm' ? block({ code: 'NO', reason: 'not this tool' }) : undefined,
  }),
});
const manager = await PluginManager.start({
  plugins: [{ config: { name: 'guard', kind: 'inline', mode: 'enforce' }, load: () => Guard }],
  fires: gatewayHooks,
});
const stdin = new PassThrough();
const stdout = new PassThrough();
const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
const gateway = await serveStdio({
  manager,
  serverName: 'smoke',
  command: process.execPath,
  args: ['-e', server],
  stdin,
  stdout,
});
const call = async (/** @type {number} */ id, /** @type {string} */ name) => {
  stdin.write(
    `${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } })}\n`,
  );
  return JSON.parse((await answers.next()).value).result;
};
const refused = await call(1, 'rm');
assert.equal(refused.isError, true);
assert.equal(refused._meta[violationMetaKey].code, 'NO');
assert.deepEqual(await call(2, 'echo'), { content: [{ type: 'text', text: 'ran echo' }] });
stdin.end();
assert.equal((await gateway.closed).exitCode, 0);
await manager.shutdown();
console.log('a call was blocked and another reached the server');
