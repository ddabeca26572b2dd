import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import {
  createTestHost,
  GarbagePlugin,
  HangingPlugin,
  MutatingPlugin,
  OversizePlugin,
  pluginOf,
  RestartingPlugin,
  SlowPlugin,
  spyPlugin,
  ThrowingPlugin,
} from '../../src/index.js';
import '../../src/vitest.js';

describe('plugins of the fault kit', () => {
  it.each([
    ['ThrowingPlugin', ThrowingPlugin, 'PLUGIN_ERROR'],
    ['GarbagePlugin', GarbagePlugin, 'RESULT_INVALID'],
    ['MutatingPlugin', MutatingPlugin, 'PAYLOAD_MUTATED'],
    ['OversizePlugin', OversizePlugin, 'PAYLOAD_TOO_LARGE'],
  ])('%s ends a call as an error of a plugin in enforce', async (_name, plugin, error) => {
    await using host = await createTestHost([plugin]);
    const outcome = await host.invoke('tool_pre_invoke', { args: { text: 'hello' } });
    expect(outcome).toBlock('PLUGIN_ERROR');
    expect(outcome.violation?.details).toEqual({ error });
  });

  it('lets the plugins beside it do their work where errors are ignored', async () => {
    const spy = spyPlugin();
    await using host = await createTestHost([
      pluginOf(ThrowingPlugin, { mode: 'enforce_ignore_error' }),
      spy,
    ]);
    expect(await host.invoke('tool_pre_invoke')).toProceed();
    expect(spy.calls).toHaveLength(1);
  });

  it.each(['tool_post_invoke', 'prompt_post_fetch', 'resource_post_fetch', 'tool_post_list'] as const)(
    'OversizePlugin is too large for %s',
    async (hook) => {
      await using host = await createTestHost([OversizePlugin]);
      await using other = await createTestHost([spyPlugin()]);
      expect(await other.invoke(hook)).toProceed();
      expect(await host.invoke(hook)).toBlock('PLUGIN_ERROR');
    },
  );

  it('RestartingPlugin is there, is away, and is there again', async () => {
    await using host = await createTestHost([
      pluginOf(RestartingPlugin, { config: { calls_between: 2, calls_away: 1 } }),
    ]);
    const verdicts = [];
    for (let call = 0; call < 6; call++) {
      verdicts.push((await host.invoke('tool_pre_invoke')).continueProcessing);
    }
    expect(verdicts).toEqual([true, true, false, true, true, false]);
  });

  it('refuses a setting that it does not know', async () => {
    await expect(createTestHost([pluginOf(SlowPlugin, { config: { delay: 1 } })])).rejects.toSatisfy(
      (error) => FrameworkError.is(error),
    );
  });

  it('HangingPlugin runs into its time limit', async () => {
    await using host = await createTestHost([pluginOf(HangingPlugin, { timeout: 0.01 })]);
    expect(await host.invoke('tool_pre_invoke')).toBlock('PLUGIN_TIMEOUT');
  });
});

describe('SlowPlugin', () => {
  it('lets the call pass when it is done, and stops when it is told to', async () => {
    await using host = await createTestHost([pluginOf(SlowPlugin, { config: { delay_ms: 5 } })]);
    expect(await host.invoke('tool_pre_invoke')).toProceed();
    await using hurried = await createTestHost([
      pluginOf(SlowPlugin, { timeout: 0.01, config: { delay_ms: 60_000 } }),
    ]);
    expect(await hurried.invoke('tool_pre_invoke')).toBlock('PLUGIN_TIMEOUT');
  });
});
