// Run with --expose-gc: many requests against the built package; prints what is left as JSON.
import { getEventListeners } from 'node:events';
import { definePlugin, modify, PluginManager } from '../../dist/index.js';

const total = Number(process.argv[2]);
const warmUp = 10_000;

const Guard = definePlugin({
  name: 'guard',
  hooks: () => {
    let calls = 0;
    return {
      tool_pre_invoke: async (payload, context) => {
        context.setState('calls', ++calls);
        context.local.set('calls', calls);
        if (calls % 10 === 0) throw new Error('every tenth call fails');
        if (calls % 3 === 0) context.signal.addEventListener('abort', () => {});
        return calls % 2 === 0 ? modify({ ...payload, args: { calls } }) : undefined;
      },
      tool_post_invoke: () => undefined,
    };
  },
});

const modes = ['enforce_ignore_error', 'permissive', 'audit', 'fire_and_forget'];
const controller = new AbortController();
const manager = await PluginManager.start({
  plugins: modes.map((mode) => ({
    config: { name: mode, kind: 'guard', mode, conditions: [{ tools: ['echo'] }] },
    load: () => Guard,
  })),
  observers: [{ onDecisions: () => {} }],
});

let heapAfterWarmUp = 0;
for (let count = 1; count <= total; count++) {
  const request = manager.openRequest({ user: 'ada' }, { signal: controller.signal });
  await request.invoke('tool_pre_invoke', { name: 'echo', args: { text: 'hello' } });
  await request.invoke('tool_post_invoke', { name: 'echo', result: { content: [] } });
  if (count % 100 !== 0) request.close();
  if (count % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
  if (count === warmUp) heapAfterWarmUp = heapUsed();
}
const heap = heapUsed();
const listeners = getEventListeners(controller.signal, 'abort').length;
await manager.shutdown();
await new Promise((resolve) => setTimeout(resolve, 100));
// The pipe to the parent is a resource of the test, not of the package.
const resources = process.getActiveResourcesInfo().filter((name) => !/Pipe|TTY|FileHandle|Stream/.test(name));
process.stdout.write(JSON.stringify({ ratio: heap / heapAfterWarmUp, listeners, resources }));

function heapUsed() {
  for (let round = 0; round < 4; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
