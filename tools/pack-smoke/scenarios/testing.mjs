// A spy that blocks makes the test host's call end there, and keeps what it was called with.
import assert from 'node:assert/strict';
import {
  behaviours,
  createTestHost,
  spyPlugin,
  startWebSocketFaultServer,
  stdioFaultServer,
  verifyPluginServer,
} from '@mcpplugins/testing';

const spy = spyPlugin({ name: 'guard', mode: 'enforce', behaviour: behaviours.block() });
const host = await createTestHost([spy]);
const outcome = await host.invoke('tool_pre_invoke', { args: { text: 'x' } });
assert.equal(outcome.continueProcessing, false);
assert.equal(outcome.violation?.plugin, 'guard');
assert.equal(spy.calls.length, 1);
await host[Symbol.asyncDispose]();

// The servers that misbehave are there, the one that is a program of its own too.
const server = await startWebSocketFaultServer();
for (const mcp of [stdioFaultServer(), { proto: 'WEBSOCKET', url: server.url }]) {
  assert.equal((await verifyPluginServer({ mcp, plugins: ['guard'] })).dialect, 'invoke_hook');
}
await server.stop();
console.log('a spy blocked a call of the test host; plugin servers that misbehave were looked at');
