import { describe, expect, it } from 'vitest';
import { block, type DecisionRecord, modify } from '../../src/index.js';
import { BackgroundQueue } from '../../src/execution/background-queue.js';
import {
  anyHook,
  deferred,
  plugin,
  settleMicrotasks,
  toolCall,
  withManager,
  type TestHandler,
  type TestPluginOptions,
} from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

const mode = 'fire_and_forget';

async function recordsOfCall(
  handler: TestHandler,
  options: TestPluginOptions = {},
  args: object = {},
): Promise<DecisionRecord[]> {
  const records: DecisionRecord[] = [];
  await withManager(
    [plugin('background', handler, { mode, ...options })],
    async (manager) => {
      await manager.openRequest().invoke(anyHook, toolCall({ ...args }));
      await settleMicrotasks();
    },
    { observers: [{ onDecisions: (seen) => records.push(...seen) }], settings: { maxPayloadBytes: 100 } },
  );
  return records;
}

describe('fire_and_forget', () => {
  it('runs after the outcome, on what the other plugins made of the payload', async () => {
    const order: unknown[] = [];
    await withManager(
      [
        plugin('background', (payload) => void order.push(payload), { mode, priority: 1 }),
        plugin('changing', (payload) => modify({ ...payload, args: { changed: true } })),
      ],
      async (manager) => {
        const payload = toolCall();
        void manager.openRequest().invoke(anyHook, payload);
        order.push('outcome');
        payload.args = { later: true };
        await settleMicrotasks();
        expect(order).toEqual(['outcome', toolCall({ changed: true })]);
      },
    );
  });

  it('runs also when the call is blocked', async () => {
    let calls = 0;
    await withManager(
      [
        plugin('guard', () => block({ code: 'NO', reason: 'No' })),
        plugin('background', () => void calls++, { mode }),
      ],
      async (manager) => {
        await manager.openRequest().invoke(anyHook, toolCall());
        await settleMicrotasks();
        expect(calls).toBe(1);
      },
    );
  });

  it.each<[string, TestHandler, TestPluginOptions, object]>([
    ['ran proceed', () => undefined, {}, {}],
    ['ran would_block NO', () => block({ code: 'NO', reason: 'No' }), {}, {}],
    ['error error_ignored PLUGIN_ERROR', () => Promise.reject(new Error('x')), { onError: 'fail' }, {}],
    ['error error_ignored RESULT_INVALID', () => 'garbage', {}, {}],
    ['skipped condition', () => undefined, { conditions: [{ tools: ['x'] }] }, {}],
    ['skipped condition_unknown', () => undefined, { conditions: [{ serverIds: ['x'] }] }, {}],
    ['skipped oversize PAYLOAD_TOO_LARGE', () => undefined, {}, { text: 'x'.repeat(200) }],
  ])('is recorded: %s', async (expected, handler, options, args) => {
    const records = await recordsOfCall(handler, options, args);
    expect(
      records
        .filter(({ plugin: name }) => name === 'background')
        .map(({ status, verdict, reason, code }) =>
          [status, verdict, reason, code].filter(Boolean).join(' '),
        ),
    ).toEqual([expected]);
  });

  it('keeps none of its state', async () => {
    await withManager(
      [
        plugin('background', (_payload, context) => context.setState('a', 1), { mode }),
        plugin('reader', (_payload, context) => {
          expect(context.state).toEqual({});
        }),
      ],
      async (manager) => {
        const request = manager.openRequest();
        await request.invoke(anyHook, toolCall());
        await settleMicrotasks();
        expect((await request.invoke(anyHook, toolCall())).continueProcessing).toBe(true);
      },
    );
  });

  it('notes that a plugin is well again', async () => {
    let calls = 0;
    await withManager(
      [plugin('background', () => (calls++ === 0 ? Promise.reject(new Error('x')) : undefined), { mode })],
      async (manager) => {
        const statuses = [];
        for (let call = 0; call < 2; call++) {
          await manager.openRequest().invoke(anyHook, toolCall());
          await settleMicrotasks();
          statuses.push(manager.health()[0]?.status);
        }
        expect(statuses).toEqual(['degraded', 'ready']);
      },
    );
  });

  it('drops and counts what the queue cannot hold', async () => {
    const gate = deferred();
    await withManager([plugin('background', () => gate.promise, { mode })], async (manager) => {
      const request = manager.openRequest();
      for (let call = 0; call < 1500; call++) await request.invoke(anyHook, toolCall());
      await settleMicrotasks();
      expect(manager.health()[0]?.counts.dropped).toBeGreaterThan(400);
      gate.resolve();
    });
  });

  describe('and time', () => {
    useFakeTime();

    it('is bounded by its limit', async () => {
      const records: DecisionRecord[] = [];
      const options = {
        observers: [{ onDecisions: (seen: readonly DecisionRecord[]) => void records.push(...seen) }],
      };
      await withManager(
        [plugin('background', () => new Promise(() => undefined), { mode, timeout: 1 })],
        async (manager) => {
          await manager.openRequest().invoke(anyHook, toolCall());
          await pass(1100);
          expect(records.at(-1)).toMatchObject({ status: 'timeout', code: 'PLUGIN_TIMEOUT' });
        },
        options,
      );
    });
  });
});

describe('BackgroundQueue', () => {
  it('runs no more at once than it may, and says when it is idle', async () => {
    const queue = new BackgroundQueue(2, 10);
    const gates = [deferred(), deferred(), deferred()];
    let running = 0;
    let most = 0;
    for (const { promise } of gates) {
      queue.add(async () => {
        most = Math.max(most, ++running);
        await promise;
        running--;
      });
    }
    await settleMicrotasks();
    expect(running).toBe(2);
    for (const { resolve } of gates) resolve();
    await queue.whenIdle();
    expect([running, most]).toEqual([0, 2]);
    await queue.whenIdle();
  });

  it('refuses what does not fit', async () => {
    const queue = new BackgroundQueue(1, 2);
    const gate = deferred();
    const answers = Array.from({ length: 4 }, () => queue.add(() => gate.promise));
    expect(answers).toEqual([true, true, false, false]);
    gate.resolve();
    await queue.whenIdle();
    expect(queue.add(() => Promise.resolve())).toBe(true);
  });
});
