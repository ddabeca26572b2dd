import { expect, it } from 'vitest';
import { definePlugin, PluginManager, type PluginMode } from '../../src/index.js';

it.each([
  ['enforce', false],
  ['enforce', true],
  ['fire_and_forget', false],
] satisfies [PluginMode, boolean][])(
  'a handler that is written as a method gets hold of nothing of the executor: %s, in a band: %s',
  async (mode, parallelExecutionWithinBand) => {
    const seen: unknown[] = [];
    const plugin = definePlugin({
      name: 'method',
      hooks: () => ({
        tool_pre_invoke(this: unknown) {
          seen.push(this);
        },
      }),
    });
    const manager = await PluginManager.start({
      settings: { parallelExecutionWithinBand },
      plugins: ['a', 'b'].map((name) => ({ config: { name, kind: 'method', mode }, load: () => plugin })),
    });
    await manager.openRequest().invoke('tool_pre_invoke', { name: 't', args: {} });
    await manager.shutdown();
    expect(seen).toEqual([undefined, undefined]);
  },
);
