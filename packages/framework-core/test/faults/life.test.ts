import { describe, expect, it } from 'vitest';
import { block, modify, type PluginContext, PluginManager } from '../../src/index.js';
import { callWith, faultModes, throwing } from '../support/faults.js';
import {
  anyHook,
  callOnce,
  deferred,
  plugin,
  recordsOf,
  toolCall,
  withManager,
  withRequest,
} from '../support/host.js';

describe.each(faultModes)('when a plugin is called, mode %s', (mode) => {
  it('P27: replaced globals do not stop the framework', async () => {
    const { parse, stringify } = JSON;
    const { consoleError } = { consoleError: console.error };
    try {
      const { outcome } = await callWith(
        (payload) => {
          JSON.parse = throwing;
          JSON.stringify = throwing;
          console.error = throwing;
          return modify({ ...payload, args: { text: 'changed' } });
        },
        { mode },
      );
      expect(outcome.modifiedPayload).toEqual(toolCall({ text: 'changed' }));
    } finally {
      Object.assign(JSON, { parse, stringify });
      console.error = consoleError;
    }
  });

  it('P28: cannot initialise: enforce refuses to start, permissive is listed as failed', async () => {
    const faulty = plugin('faulty', () => undefined, {
      mode,
      initialize: () => Promise.reject(new Error('no')),
    });
    const started = await PluginManager.start({ plugins: [faulty] }).then(
      async (manager) => {
        const request = manager.openRequest({}, { record: true });
        const records = recordsOf(await request.invoke(anyHook, toolCall()));
        const [health] = manager.health();
        await manager.shutdown();
        return [health?.status, ...records];
      },
      (error: { readonly code: string; readonly plugin: string }) => [error.code, error.plugin],
    );
    expect(started).toEqual(
      mode === 'enforce'
        ? ['PLUGIN_INITIALIZE_FAILED', 'faulty']
        : ['failed', 'faulty skipped error_ignored'],
    );
  });

  it('P29: throws in shutdown: the others are shut down', async () => {
    const shut: string[] = [];
    const manager = await PluginManager.start({
      plugins: [
        plugin('a', () => undefined, { mode, shutdown: () => shut.push('a') }),
        plugin('faulty', () => undefined, { mode, shutdown: throwing }),
        plugin('c', () => undefined, { mode, shutdown: () => shut.push('c') }),
      ],
    });
    await manager.shutdown();
    expect(shut).toEqual(['c', 'a']);
  });

  it('P30: called after shutdown; old requests finish on the old set while reloading', async () => {
    const gate = deferred();
    const manager = await PluginManager.start({
      plugins: [
        plugin('old', async () => gate.promise.then(() => block({ code: 'OLD', reason: 'Old' })), { mode }),
      ],
    });
    const request = manager.openRequest({}, { record: true });
    const pending = request.invoke(anyHook, toolCall());
    await manager.reload({ plugins: [] });
    gate.resolve();
    expect(recordsOf(await pending)).toEqual([
      mode === 'enforce' ? 'old ran block OLD' : 'old ran would_block OLD',
    ]);
    await manager.shutdown();
    expect(() => request.invoke(anyHook, toolCall())).toThrow(
      expect.objectContaining({ code: 'MANAGER_NOT_RUNNING' }),
    );
  });

  it('P31: one instance entered 200 times at once: no cross-talk', async () => {
    const handler = async (payload: Readonly<Record<string, unknown>>, context: PluginContext) => {
      await Promise.resolve();
      return modify({ ...payload, args: { by: context.requestId } });
    };
    await withManager([plugin('a', handler, { mode })], async (manager) => {
      const ids = Array.from({ length: 200 }, (_, id) => `r${id}`);
      const outcomes = await Promise.all(
        ids.map(async (requestId) => manager.openRequest({ requestId }).invoke(anyHook, toolCall())),
      );
      expect(outcomes.map(({ modifiedPayload }) => modifiedPayload?.args['by'])).toEqual(ids);
    });
  });

  it('P32: equal priorities keep the order of the file, over a thousand loads', async () => {
    const names = ['d', 'a', 'c', 'b'];
    const plugins = names.map((name) => plugin(name, () => undefined, { mode }));
    for (let load = 0; load < 1000; load++) {
      await withRequest(plugins, async (request) => {
        const { decisions } = await request.invoke(anyHook, toolCall());
        expect(decisions?.map((record) => record.plugin)).toEqual(names);
      });
    }
  });

  it('P33: disabled while requests are in flight: those finish, later ones skip and say so', async () => {
    const gate = deferred();
    await withManager([plugin('p', async () => gate.promise, { mode })], async (manager) => {
      const early = manager.openRequest({}, { record: true });
      const pending = early.invoke(anyHook, toolCall());
      await manager.disablePlugin('p');
      const late = manager.openRequest({}, { record: true });
      expect(recordsOf(await late.invoke(anyHook, toolCall()))).toEqual(['p skipped disabled']);
      gate.resolve();
      expect(recordsOf(await pending)).toEqual(['p ran proceed']);
      early.close();
      late.close();
    });
  });

  it('P36: two plugins of a band modify one field: file order decides, not who finishes last', async () => {
    const changing = (name: string, turns: number) =>
      plugin(
        name,
        async (payload) => {
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          return modify({ ...payload, args: { text: name } });
        },
        { mode },
      );
    for (const [first, second] of [
      [9, 0],
      [0, 9],
    ] as const) {
      const outcome = await callOnce([changing('first', first), changing('second', second)], {
        settings: { parallelExecutionWithinBand: true },
      });
      expect(recordsOf(outcome)[1]).toMatch(/^second error.* ?MERGE_CONFLICT$/);
      expect(outcome.modifiedPayload).toEqual(mode === 'enforce' ? undefined : toolCall({ text: 'first' }));
      expect(outcome.violation?.plugin).toBe(mode === 'enforce' ? 'second' : undefined);
    }
  });
});
