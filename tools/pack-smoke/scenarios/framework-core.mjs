// A manager with one plugin blocks one call and lets another through.
import assert from 'node:assert/strict';
import { block, definePlugin, PluginManager } from '@mcpplugins/framework-core';

const Guard = definePlugin({
  name: 'guard',
  hooks: () => ({
    tool_pre_invoke: ({ name }) =>
      name === 'rm' ? block({ code: 'NO', reason: 'not this tool' }) : undefined,
  }),
});
const manager = await PluginManager.start({
  plugins: [{ config: { name: 'guard', kind: 'inline', mode: 'enforce' }, load: () => Guard }],
});
const call = async (/** @type {string} */ tool) => {
  const { outcome } = await manager.invokeHook(
    'tool_pre_invoke',
    { name: tool, args: {} },
    { requestId: tool },
  );
  return outcome;
};
const refused = await call('rm');
assert.equal(refused.violation?.code, 'NO');
assert.equal(refused.continueProcessing, false);
assert.equal((await call('echo')).continueProcessing, true);
await manager.shutdown();
console.log('a plugin blocked one call and let another through');
