// A plugin behind a child process decides: one call is blocked, another goes on.
import assert from 'node:assert/strict';
import { externalKind } from '@mcpplugins/external-client';
import { PluginManager, resolvePluginConfig } from '@mcpplugins/framework-core';

const server = `
  const text = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });
  const hook = ({ plugin_name, payload }) => {
    const blocks = payload.name === 'rm';
    const violation = blocks ? { code: 'NO', reason: 'not this tool', description: 'not this tool', details: {} } : null;
    return { plugin_name, result: { continue_processing: !blocks, modified_payload: null, violation, metadata: {} } };
  };
  const tools = {
    get_plugin_config: ({ name }) => ({ name, kind: 'x', version: '1.0.0', hooks: ['tool_pre_invoke'] }),
    invoke_hook: hook,
  };
  const methods = {
    initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'guards', version: '1' } }),
    'tools/list': () => ({ tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: 'object' } })) }),
    'tools/call': ({ name, arguments: given }) => text(tools[name](given)),
    ping: () => ({}),
  };
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: methods[method](params) }) + '\\n');
  });
`;
const kind = externalKind();
/** @type {import('@mcpplugins/framework-core').PluginConfigInput} */
const config = {
  name: 'guard',
  kind: 'external',
  mode: 'enforce',
  mcp: { proto: 'STDIO', cmd: [process.execPath, '-e', server] },
};
const context = { directory: process.cwd(), env: {} };
const manager = await PluginManager.start({
  plugins: [{ config, load: () => kind(resolvePluginConfig(config), context) }],
});
const call = async (/** @type {string} */ name) => {
  const { outcome } = await manager.invokeHook('tool_pre_invoke', { name, args: {} }, { requestId: name });
  return outcome;
};
assert.equal((await call('rm')).violation?.code, 'NO');
assert.equal((await call('echo')).continueProcessing, true);
await manager.shutdown();
console.log('a plugin in a child process blocked one call and let another through');
