import { describe, expect, it } from 'vitest';
import { block, type DecisionRecord, type Observer, type PluginHealth } from '../../src/index.js';
import { anyHook, plugin, settleMicrotasks, toolCall, withManager } from '../support/host.js';

describe('observers', () => {
  it('get frozen records with the request id, and errors one by one', async () => {
    const seen: [readonly DecisionRecord[], string][] = [];
    const errors: string[] = [];
    const observer: Observer = {
      onDecisions: (records, requestId) => void seen.push([records, requestId]),
      onError: (record) => void errors.push(record.plugin),
    };
    await withManager(
      [plugin('bad', () => 'garbage', { onError: 'ignore' }), plugin('good', () => undefined)],
      async (manager) => {
        const outcome = await manager.openRequest({ requestId: 'r' }).invoke(anyHook, toolCall());
        expect(outcome.decisions).toBeUndefined();
      },
      { observers: [observer] },
    );
    expect(seen.map(([records, id]) => [records.map((record) => record.plugin), id])).toEqual([
      [['bad', 'good'], 'r'],
    ]);
    expect(errors).toEqual(['bad']);
    const [[records] = [[]]] = seen;
    expect(() => (records as DecisionRecord[]).push(records[0] as DecisionRecord)).toThrow(TypeError);
    expect(() => Object.assign(records[0] as object, { plugin: 'x' })).toThrow(TypeError);
  });

  it('that throw, now or later, change nothing and are logged', async () => {
    const logged: string[] = [];
    const calls: string[] = [];
    const observers = [
      {
        onDecisions: () => {
          throw new Error('now');
        },
      },
      { onDecisions: async () => Promise.reject(new Error('later')) },
      { onDecisions: () => void calls.push('after') },
    ];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (text: string) => logged.push(text),
    };
    await withManager(
      [plugin('p', () => block({ code: 'NO', reason: 'No' }))],
      async (manager) => {
        expect((await manager.openRequest().invoke(anyHook, toolCall())).violation?.code).toBe('NO');
        await settleMicrotasks();
      },
      { observers, logger },
    );
    expect(calls).toEqual(['after']);
    expect(logged).toEqual(['an observer failed: now', 'an observer failed: later']);
  });

  it('hear of each change of health once', async () => {
    const changes: string[] = [];
    let call = 0;
    const flaky = plugin('p', () => (++call % 4 === 0 ? undefined : 'garbage'), { mode: 'permissive' });
    const observer = {
      onHealthChange: ({ status, lastError }: PluginHealth) =>
        void changes.push(`${status} ${lastError === undefined}`),
    };
    await withManager(
      [flaky],
      async (manager) => {
        for (let count = 0; count < 4; count++) await manager.openRequest().invoke(anyHook, toolCall());
      },
      { observers: [observer] },
    );
    expect(changes).toEqual(['degraded false', 'ready false']);
  });
});

describe('a logger that throws', () => {
  it('does not stop a hook call half-way', async () => {
    const throwing = () => {
      throw new Error('disk full');
    };
    const logger = { debug: throwing, info: throwing, warn: throwing, error: throwing };
    const plugins = [
      plugin('sync', () => 'garbage', { onError: 'ignore' }),
      plugin('async', async () => 'garbage', { onError: 'ignore' }),
    ];
    await withManager(
      plugins,
      async (manager) => {
        expect((await manager.openRequest().invoke(anyHook, toolCall())).continueProcessing).toBe(true);
      },
      { logger },
    );
  });
});
