import { describe, expect, it } from 'vitest';
import { PluginManager } from '../../src/index.js';
import { faultModes } from '../support/faults.js';
import { anyHook, plugin, recordsOf, type TestHandler, toolCall, withManager } from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

describe.each(faultModes)('how long a plugin takes, mode %s', (mode) => {
  useFakeTime();

  function timedOut(handler: TestHandler) {
    return withManager([plugin('faulty', handler, { mode, timeout: 1 })], async (manager) => {
      let isOver = false;
      const request = manager.openRequest({}, { record: true });
      const pending = Promise.resolve(request.invoke(anyHook, toolCall())).finally(() => (isOver = true));
      await pass(999);
      expect(isOver).toBe(false);
      await pass(51);
      expect(isOver).toBe(true);
      const outcome = await pending;
      await pass(5000);
      return { outcome, counts: manager.health()[0]?.counts };
    });
  }

  it('P3: rejects later than its timeout: over at the limit, the rejection is swallowed and counted', async () => {
    const { outcome, counts } = await timedOut(
      () => new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 2000)),
    );
    expect(outcome.violation?.code).toBe(mode === 'enforce' ? 'PLUGIN_TIMEOUT' : undefined);
    expect(counts).toMatchObject({ timeouts: 1, late: 1 });
  });

  it('P4: never settles: over at the limit', async () => {
    const { outcome, counts } = await timedOut(() => new Promise(() => undefined));
    expect(recordsOf(outcome)).toEqual([
      mode === 'enforce' ? 'faulty timeout PLUGIN_TIMEOUT' : 'faulty timeout timeout_ignored PLUGIN_TIMEOUT',
    ]);
    expect(counts).toMatchObject({ timeouts: 1, late: 0 });
  });

  it('P12: writes into its payload, then does not answer', async () => {
    const { outcome } = await timedOut((payload) => {
      Reflect.set(payload['args'] as object, 'text', 'changed');
      return new Promise(() => undefined);
    });
    expect(outcome.modifiedPayload).toBeUndefined();
  });

  it('P28: a slow initialize has its own limit', async () => {
    const slow = plugin('faulty', () => undefined, {
      mode,
      initialize: () => new Promise(() => undefined),
    });
    const starting = PluginManager.start({ plugins: [slow], settings: { pluginTimeout: 2 } }).then(
      (manager) => manager.health()[0]?.status,
      (error: { readonly code: string }) => error.code,
    );
    await pass(2001);
    expect(await starting).toBe(mode === 'enforce' ? 'PLUGIN_INITIALIZE_FAILED' : 'failed');
  });

  it('P29: hangs in shutdown: bounded at 10 s', async () => {
    const manager = await PluginManager.start({
      plugins: [plugin('faulty', () => undefined, { mode, shutdown: () => new Promise(() => undefined) })],
    });
    let isOver = false;
    const stopping = manager.shutdown().finally(() => (isOver = true));
    await pass(9999);
    expect(isOver).toBe(false);
    await pass(2);
    await stopping;
  });
});
