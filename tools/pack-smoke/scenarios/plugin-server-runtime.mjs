// A plugin server on loopback answers a hook call over HTTP, without a session.
import assert from 'node:assert/strict';
import { block, definePlugin } from '@mcpplugins/framework-core';
import { servePlugins } from '@mcpplugins/plugin-server-runtime';

const Guard = definePlugin({
  name: 'guard',
  hooks: () => ({ tool_pre_invoke: () => block({ code: 'NO', reason: 'not this tool' }) }),
});
const server = await servePlugins({
  plugins: [{ config: { name: 'guard', kind: 'inline' }, load: () => Guard }],
  transport: 'http',
  settings: { port: 0, stateless: true },
});
const context = { global_context: { request_id: 'r1' }, state: {}, metadata: {} };
const given = { plugin_name: 'guard', payload: { name: 'rm', args: {} }, context };
const response = await fetch(server.address, {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'tool_pre_invoke', arguments: given },
  }),
});
const body = await response.text();
assert.equal(response.status, 200, body);
assert.match(body, /\\"continue_processing\\":false/);
await server.close();
console.log('a plugin server refused a call over HTTP');
