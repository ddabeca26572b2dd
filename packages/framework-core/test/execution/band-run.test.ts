import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block, modify, proceed, respond } from '../../src/index.js';
import {
  anyHook,
  callOnce,
  deferred,
  plugin,
  recordsOf,
  settleMicrotasks,
  toolCall,
  withManager,
  withRequest,
} from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

const settings = { parallelExecutionWithinBand: true };
const args = { a: 1, b: 1, list: [1, 2] };
const setArg = (name: string, change: object) =>
  plugin(
    name,
    async (payload) => modify({ ...payload, args: { ...(payload['args'] as object), ...change } }),
    {},
  );
const setLater = (name: string, change: object, turns: number, options = {}) =>
  plugin(
    name,
    async (payload) => {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      return modify({ ...payload, args: { ...(payload['args'] as object), ...change } });
    },
    options,
  );

describe('a band', () => {
  it('gives its members one input at the same time', async () => {
    const gate = deferred();
    const seen: unknown[] = [];
    const member = (name: string) =>
      plugin(name, async (payload) => {
        seen.push(payload['args']);
        await gate.promise;
        return modify({ ...payload, args: { ...(payload['args'] as object), [name]: 2 } });
      });
    await withRequest(
      [member('a'), member('b')],
      async (request) => {
        const pending = request.invoke(anyHook, toolCall(args));
        await settleMicrotasks();
        expect(seen).toEqual([args, args]);
        gate.resolve();
        expect((await pending).modifiedPayload?.args).toEqual({ ...args, a: 2, b: 2 });
      },
      { settings },
    );
  });

  it('runs one after the other when it is off', async () => {
    const outcome = await callOnce([setArg('x', { a: 2 }), setArg('y', { a: 3 })], { args });
    expect(outcome.modifiedPayload).toEqual(toolCall({ ...args, a: 3 }));
  });

  it('MERGE_CONFLICT: of the later plugin, none of whose changes is applied', async () => {
    const outcome = await callOnce(
      [
        setLater('x', { a: 2 }, 5),
        setLater('y', { a: 3, b: 3 }, 0, { mode: 'permissive' }),
        setArg('z', { list: [1] }),
      ],
      { args, settings },
    );
    expect(outcome.modifiedPayload).toEqual(toolCall({ ...args, a: 2, list: [1] }));
    expect(recordsOf(outcome)).toEqual([
      'x ran modify',
      'y error error_ignored MERGE_CONFLICT',
      'z ran modify',
    ]);
  });

  it('lets two plugins set one place to the same value', async () => {
    const outcome = await callOnce([setArg('x', { a: 2 }), setArg('y', { a: 2, b: 2 })], { args, settings });
    expect(outcome.modifiedPayload).toEqual(toolCall({ ...args, a: 2, b: 2 }));
  });

  it('comes to the same whoever finishes first', async () => {
    const turns = fc.array(fc.nat(12), { minLength: 4, maxLength: 4 });
    const outcomeOf = ([w = 0, x = 0, y = 0, z = 0]: readonly number[]) =>
      callOnce(
        [
          setLater('w', { a: 2 }, w),
          setLater('x', { a: 3, b: 3 }, x, { mode: 'permissive' }),
          setLater('y', { b: 4 }, y, { mode: 'permissive' }),
          plugin('z', async () => {
            for (let turn = 0; turn < z; turn++) await Promise.resolve();
            return proceed({ by: 'z' });
          }),
        ],
        { args, settings },
      );
    const expected = await outcomeOf([0, 0, 0, 0]);
    await fc.assert(
      fc.asyncProperty(turns, async (order) => {
        const outcome = await outcomeOf(order);
        expect([outcome.modifiedPayload, outcome.metadata, recordsOf(outcome)]).toEqual([
          expected.modifiedPayload,
          expected.metadata,
          recordsOf(expected),
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it('counts a block once every earlier member has settled, then tells the others to stop', async () => {
    const first = deferred();
    const reasons: unknown[] = [];
    const waiting = plugin('last', (_payload, { signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return new Promise(() => undefined);
    });
    const plugins = [
      plugin('first', async () => {
        await first.promise;
        return block({ code: 'FIRST', reason: 'First' });
      }),
      plugin('second', () => block({ code: 'SECOND', reason: 'Second' })),
      waiting,
    ];
    await withRequest(
      plugins,
      async (request) => {
        let outcome: unknown;
        const pending = Promise.resolve(request.invoke(anyHook, toolCall())).then(
          (value) => (outcome = value),
        );
        await settleMicrotasks();
        expect(outcome).toBeUndefined();
        first.resolve();
        const { violation, ...rest } = await pending;
        expect(violation?.code).toBe('FIRST');
        expect(recordsOf({ ...rest, violation })).toEqual([
          'first ran block FIRST',
          'second skipped blocked',
          'last skipped blocked',
        ]);
        expect(reasons).toHaveLength(1);
      },
      { settings },
    );
  });

  it('commits state in file order and shows its members the state before it', async () => {
    const seen: unknown[] = [];
    const writer = (name: string, turns: number) =>
      plugin(name, async (_payload, context) => {
        context.setState('by', name);
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        seen.push(context.getState('by'));
      });
    await callOnce(
      [
        writer('x', 9),
        writer('y', 0),
        plugin('z', (_payload, context) => void seen.push(context.getState('by')), { priority: 200 }),
      ],
      { settings },
    );
    expect(seen).toEqual(['y', 'x', 'y']);
  });

  it('keeps the first response in file order', async () => {
    const responder = (name: string, turns: number) =>
      plugin(name, async () => {
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        return respond(name);
      });
    expect(await callOnce([responder('x', 9), responder('y', 0)], { settings })).toMatchObject({
      response: { plugin: 'x', result: 'x' },
    });
  });

  it('refuses a merged payload that does not fit', async () => {
    const outcome = await callOnce([setArg('x', { a: 'x'.repeat(60) }), setArg('y', { b: 'x'.repeat(60) })], {
      args,
      settings: { ...settings, maxPayloadBytes: 150 },
    });
    expect(outcome.violation).toMatchObject({ plugin: 'y', details: { error: 'PAYLOAD_TOO_LARGE' } });
  });

  it('with ten thousand changes each is merged', async () => {
    const numbers = (offset: number) =>
      Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [`k${key + offset}`, 0]));
    const outcome = await callOnce([setArg('x', numbers(0)), setArg('y', numbers(10_000))], {
      settings,
      args: {},
    });
    expect(Object.keys((outcome.modifiedPayload as ReturnType<typeof toolCall>).args)).toHaveLength(20_000);
  });

  it('notes that a plugin is well again', async () => {
    let calls = 0;
    const flaky = plugin(
      'flaky',
      async () => {
        if (calls++ === 0) throw new Error('first');
      },
      { mode: 'permissive' },
    );
    await withManager(
      [flaky, plugin('other', async () => proceed())],
      async (manager) => {
        const statuses = [];
        for (let call = 0; call < 2; call++) {
          await manager.openRequest().invoke(anyHook, toolCall());
          statuses.push(manager.health()[0]?.status);
        }
        expect(statuses).toEqual(['degraded', 'ready']);
      },
      { settings },
    );
  });
});

describe('mode concurrent', () => {
  it('runs together at the end of its priority', async () => {
    const order: string[] = [];
    const note = (name: string, mode: 'enforce' | 'concurrent') =>
      plugin(name, () => void order.push(name), { mode });
    await callOnce([
      note('c1', 'concurrent'),
      note('e1', 'enforce'),
      note('c2', 'concurrent'),
      note('e2', 'enforce'),
    ]);
    expect(order).toEqual(['e1', 'e2', 'c1', 'c2']);
  });
});

describe('a band and time', () => {
  useFakeTime();

  it('gives each member its own limit', async () => {
    const hanging = (name: string, timeout: number) =>
      plugin(name, () => new Promise(() => undefined), { timeout, mode: 'permissive' });
    await withRequest(
      [hanging('x', 3), hanging('y', 1), plugin('z', async () => proceed())],
      async (request) => {
        let isOver = false;
        const pending = Promise.resolve(request.invoke(anyHook, toolCall())).finally(() => (isOver = true));
        await pass(2900);
        expect(isOver).toBe(false);
        await pass(200);
        expect(recordsOf(await pending)).toEqual([
          'x timeout timeout_ignored PLUGIN_TIMEOUT',
          'y timeout timeout_ignored PLUGIN_TIMEOUT',
          'z ran proceed',
        ]);
      },
      { settings },
    );
  });

  it('is cancelled as a whole', async () => {
    await withManager(
      [plugin('x', () => new Promise(() => undefined)), plugin('y', async () => proceed())],
      async (manager) => {
        const request = manager.openRequest({}, { record: true });
        const pending = request.invoke(anyHook, toolCall());
        await settleMicrotasks();
        request.close();
        expect(recordsOf(await pending)).toEqual(['x skipped aborted', 'y skipped aborted']);
      },
      { settings },
    );
  });
});
