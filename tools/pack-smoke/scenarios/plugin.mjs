// A plugin package: its default export is a class; an instance with the manifest's settings answers its handlers.
import assert from 'node:assert/strict';
import { createPluginContext } from '@mcpplugins/framework-core';

const { name, settings } = JSON.parse(process.argv[2] ?? '{}');
const { default: PluginClass } = await import(name);
const plugin = new PluginClass({ name: 'smoke', kind: name, config: settings });
await plugin.initialize();

/** @type {Record<string, object>} */
const payloads = {
  tool_pre_invoke: { name: 'echo', args: { message: 'good morning' } },
  tool_post_invoke: { name: 'echo', result: { content: [{ type: 'text', text: 'good morning' }] } },
  prompt_pre_fetch: { name: 'greet', args: { who: 'you' } },
  prompt_post_fetch: {
    name: 'greet',
    result: { messages: [{ role: 'user', content: { type: 'text', text: 'good morning' } }] },
  },
  resource_pre_fetch: { uri: 'file:///greeting.txt' },
  resource_post_fetch: {
    uri: 'file:///greeting.txt',
    result: { contents: [{ uri: 'file:///greeting.txt', text: 'good morning' }] },
  },
};
const called = [];
for (const [hook, handler] of Object.entries(plugin.hooks)) {
  const payload = payloads[hook];
  if (payload === undefined) continue;
  const result = await handler(payload, createPluginContext({ requestId: 'smoke' }));
  assert.ok(
    result === undefined || typeof result.continueProcessing === 'boolean',
    `${hook} answered ${result}`,
  );
  called.push(hook);
}
assert.ok(called.length > 0, 'no handler of a known hook was called');
await plugin.shutdown();
console.log(`${PluginClass.name} answered ${called.join(', ')}`);
