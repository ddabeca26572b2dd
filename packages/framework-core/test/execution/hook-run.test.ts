import { describe, expect, it } from 'vitest';
import { block, modify, PluginManager, proceed, respond } from '../../src/index.js';
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
import { pass, useFakeTime } from '../support/time.js';

const textOf = (payload: unknown) => (payload as { readonly args: { readonly text: string } }).args.text;
const append = (letter: string) =>
  plugin(letter, (payload) => modify({ ...payload, args: { text: textOf(payload) + letter } }));

describe('a hook call', () => {
  it('runs plugins in ascending priority, ties in file order', async () => {
    const order: string[] = [];
    const note = (name: string, priority?: number) =>
      plugin(name, () => void order.push(name), priority === undefined ? {} : { priority });
    await callOnce([note('c'), note('z', 200), note('a', -1), note('d'), note('b', 1)]);
    expect(order).toEqual(['a', 'b', 'c', 'd', 'z']);
  });

  it('hands each plugin what those before it made of the payload', async () => {
    const outcome = await callOnce([append('a'), append('b'), append('c')], { args: { text: '' } });
    expect(outcome.modifiedPayload).toEqual({ name: 'echo', args: { text: 'abc' } });
    expect(outcome.decisions?.map(({ changedPaths }) => changedPaths)).toEqual(
      Array.from({ length: 3 }, () => ['/args/text']),
    );
  });

  it('answers at once when every plugin does, and with a promise when one does not', async () => {
    await withRequest([plugin('sync', () => proceed())], (request) => {
      expect(request.invoke(anyHook, toolCall())).not.toBeInstanceOf(Promise);
    });
    await withRequest([plugin('async', async () => proceed())], async (request) => {
      const answer = request.invoke(anyHook, toolCall());
      expect(answer).toBeInstanceOf(Promise);
      expect((await answer).continueProcessing).toBe(true);
    });
  });

  it('stops at the first violation; later plugins are skipped as blocked', async () => {
    const outcome = await callOnce([
      append('a'),
      plugin('guard', () => block({ code: 'NO', reason: 'No', details: { n: 1 } })),
      plugin('later', () => expect.unreachable()),
    ]);
    expect(outcome).toMatchObject({
      continueProcessing: false,
      violation: { code: 'NO', reason: 'No', details: { n: 1 }, plugin: 'guard', hook: anyHook },
    });
    expect(outcome.modifiedPayload).toBeUndefined();
    expect(recordsOf(outcome)).toEqual(['a ran modify', 'guard ran block NO', 'later skipped blocked']);
  });

  it('merges metadata in plan order, last wins, and drops keys that start with _', async () => {
    const outcome = await callOnce([
      plugin('a', () => proceed({ score: 1, a: true, _plugin: 'forged' })),
      plugin('b', () => proceed({ score: 2, ['__proto__']: { polluted: true } })),
    ]);
    expect(outcome.metadata).toEqual({ score: 2, a: true });
    expect('polluted' in {}).toBe(false);
  });

  it('keeps the first response, runs the rest, and lets a block win', async () => {
    const responders = [plugin('a', () => respond('from a')), plugin('b', () => respond('from b'))];
    expect(await callOnce(responders)).toMatchObject({
      continueProcessing: true,
      response: { result: 'from a', plugin: 'a' },
    });
    const blocked = await callOnce([
      ...responders,
      plugin('guard', () => block({ code: 'NO', reason: 'No' })),
    ]);
    expect(blocked.continueProcessing).toBe(false);
    expect(blocked.response).toBeUndefined();
  });

  it('RESPOND_NOT_ALLOWED: in a post hook', async () => {
    const responder = plugin('r', { tool_post_invoke: () => respond('x') });
    await withRequest([responder], async (request) => {
      const outcome = await request.invoke('tool_post_invoke', { name: 'echo', result: {} });
      expect(outcome.violation).toMatchObject({
        code: 'PLUGIN_ERROR',
        details: { error: 'RESPOND_NOT_ALLOWED' },
      });
    });
  });

  it('costs a hook without plugins nothing: the payload is not even looked at', async () => {
    await withRequest([], async (request) => {
      const payload = new Proxy(toolCall(), {
        get: () => expect.unreachable(),
        ownKeys: () => expect.unreachable(),
      });
      expect(await request.invoke(anyHook, payload)).toEqual({ continueProcessing: true, metadata: {} });
      expect(request.has(anyHook)).toBe(false);
    });
  });

  it('HOOK_UNKNOWN: with the nearest name', async () => {
    await withRequest([], (request) => {
      expect(() => request.invoke('tool_pre_invok' as typeof anyHook, toolCall())).toThrow(
        expect.objectContaining({
          code: 'HOOK_UNKNOWN',
          message: expect.stringContaining('tool_pre_invoke'),
        }),
      );
    });
  });
});

describe('conditions in a hook call', () => {
  const conditions = [{ serverIds: ['a'] }];
  it.each([
    ['enforce', 'p ran proceed condition_unknown'],
    ['enforce_ignore_error', 'p ran proceed condition_unknown'],
    ['permissive', 'p skipped condition_unknown'],
    ['audit', 'p skipped condition_unknown'],
  ] as const)('an unknown value in %s: %s', async (mode, record) => {
    expect(recordsOf(await callOnce([plugin('p', () => proceed(), { mode, conditions })]))).toEqual([record]);
  });

  it('that do not hold skip the plugin in every mode', async () => {
    const outcome = await callOnce([
      plugin('p', () => expect.unreachable(), { conditions: [{ tools: ['other'] }] }),
    ]);
    expect(recordsOf(outcome)).toEqual(['p skipped condition']);
  });

  it('that fail are not known: what may block runs', async () => {
    const compilePattern = () => ({
      matches: () => {
        throw new Error('engine failed');
      },
    });
    const plugins = [
      plugin('p', () => block({ code: 'NO', reason: 'No' }), { conditions: [{ userPatterns: ['x'] }] }),
    ];
    await withManager(
      plugins,
      async (manager) => {
        const outcome = await manager.openRequest({ user: 'ada' }).invoke(anyHook, toolCall());
        expect(outcome.violation?.code).toBe('NO');
      },
      { compilePattern },
    );
  });

  it('do not mark the plugin after them as run in doubt', async () => {
    const plugins = [plugin('a', () => proceed(), { conditions }), plugin('b', () => proceed())];
    expect(recordsOf(await callOnce(plugins))).toEqual(['a ran proceed condition_unknown', 'b ran proceed']);
  });
});

describe('the size of a payload', () => {
  const settings = { maxPayloadBytes: 100 };
  const args = { text: 'x'.repeat(200) };

  it('PAYLOAD_TOO_LARGE: blocks when a plugin that may block is in the plan', async () => {
    const outcome = await callOnce(
      [plugin('a', () => expect.unreachable(), { mode: 'audit' }), plugin('g', () => expect.unreachable())],
      { settings, args },
    );
    expect(outcome.violation).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', plugin: 'mcpplugins' });
  });

  it('skips plugins that may not block', async () => {
    const outcome = await callOnce([plugin('a', () => expect.unreachable(), { mode: 'audit' })], {
      settings,
      args,
    });
    expect(outcome.continueProcessing).toBe(true);
    expect(recordsOf(outcome)).toEqual(['a skipped oversize PAYLOAD_TOO_LARGE']);
  });

  it('is checked again after a modification', async () => {
    const outcome = await callOnce([plugin('a', (payload) => modify({ ...payload, args }))], {
      settings,
      args: {},
    });
    expect(outcome.violation?.details).toEqual({ error: 'PAYLOAD_TOO_LARGE' });
  });

  it('has a limit of its own for results', async () => {
    await withRequest(
      [plugin('a', { tool_post_invoke: () => proceed() })],
      async (request) => {
        const outcome = await request.invoke('tool_post_invoke', { name: 'echo', result: args });
        expect(outcome.continueProcessing).toBe(true);
      },
      { settings },
    );
  });

  it('PAYLOAD_NOT_PLAIN: what is no plain data blocks', async () => {
    const outcome = await callOnce([plugin('g', () => expect.unreachable())], { args: { at: new Date(0) } });
    expect(outcome.violation).toMatchObject({ code: 'PAYLOAD_NOT_PLAIN', plugin: 'mcpplugins' });
  });
});

describe('a modification', () => {
  it.each<[string, string, (payload: object) => object]>([
    ['NOT_WRITABLE', 'another name', (payload) => ({ ...payload, name: 'other' })],
    ['NOT_WRITABLE', 'no name', () => ({ args: {} })],
    ['UNKNOWN_PAYLOAD_FIELD', 'a field that there is not', (payload) => ({ ...payload, arg: {} })],
    [
      'UNKNOWN_PAYLOAD_FIELD',
      '__proto__',
      (payload) => JSON.parse(JSON.stringify(payload).replace('{', '{"__proto__":{},')) as object,
    ],
    ['PAYLOAD_INVALID', 'arguments that are a list', (payload) => ({ ...payload, args: [] })],
    ['PAYLOAD_INVALID', 'a list', () => []],
    ['PAYLOAD_NOT_PLAIN', 'a function', (payload) => ({ ...payload, args: { fn: () => 1 } })],
  ])('%s: %s', async (error, _what, change) => {
    const handler = (payload: object) => ({ continueProcessing: true, modifiedPayload: change(payload) });
    const outcome = await callOnce([plugin('p', handler)]);
    expect(outcome.violation).toMatchObject({ code: 'PLUGIN_ERROR', details: { error } });
    const permissive = await callOnce([plugin('p', handler, { mode: 'permissive' }), append('x')]);
    expect(permissive.modifiedPayload).toEqual({ name: 'echo', args: { text: 'hellox' } });
  });

  it('may keep a field of the host that the contract does not know', async () => {
    await withRequest([append('x')], async (request) => {
      const payload = { ...toolCall({ text: '' }), extra: 1 };
      expect((await request.invoke(anyHook, payload)).modifiedPayload).toEqual({
        name: 'echo',
        args: { text: 'x' },
        extra: 1,
      });
    });
  });

  it('says what the nearest field is', async () => {
    const messages: string[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (text: string) => messages.push(text),
    };
    await callOnce([plugin('p', (payload) => modify({ ...payload, argz: {} }))], { logger });
    expect(messages.join()).toContain('did you mean "args"?');
  });
});

describe('time', () => {
  useFakeTime();

  it('PLUGIN_TIMEOUT: at the limit of the plugin, never before it', async () => {
    await withRequest([plugin('p', () => new Promise(() => undefined), { timeout: 2 })], async (request) => {
      let isOver = false;
      const pending = Promise.resolve(request.invoke(anyHook, toolCall())).finally(() => (isOver = true));
      await pass(1999);
      expect(isOver).toBe(false);
      await pass(50);
      expect(isOver).toBe(true);
      expect((await pending).violation?.code).toBe('PLUGIN_TIMEOUT');
    });
  });

  it('tells the handler through its signal, and counts the answer that comes too late', async () => {
    const late = deferred();
    const reasons: unknown[] = [];
    const slow = plugin(
      'p',
      async (_payload, { signal }) => {
        signal.addEventListener('abort', () => reasons.push(signal.reason));
        await late.promise;
        return block({ code: 'LATE', reason: 'Late' });
      },
      { timeout: 1, onError: 'ignore' },
    );
    await withManager([slow], async (manager) => {
      const pending = manager.openRequest().invoke(anyHook, toolCall());
      await pass(1100);
      expect((await pending).continueProcessing).toBe(true);
      expect(reasons).toEqual([expect.objectContaining({ code: 'PLUGIN_TIMEOUT' })]);
      late.resolve();
      await pass(1);
      expect(manager.health()[0]?.counts).toMatchObject({ timeouts: 1, ignored: 1, late: 1 });
    });
  });

  it('of a budget is shared by all plugins of the call', async () => {
    const wait = (name: string, ms: number) =>
      plugin(name, () => new Promise((resolve) => setTimeout(() => resolve(undefined), ms)), {
        onError: 'ignore',
      });
    await withRequest(
      [wait('a', 600), wait('b', 600), plugin('c', () => expect.unreachable(), { onError: 'ignore' })],
      async (request) => {
        const pending = request.invoke(anyHook, toolCall());
        await pass(1300);
        const outcome = await pending;
        expect(recordsOf(outcome)).toEqual([
          'a ran proceed',
          'b timeout timeout_ignored PLUGIN_TIMEOUT',
          'c timeout timeout_ignored PLUGIN_TIMEOUT',
        ]);
        expect(outcome.decisions?.[2]?.durationMs).toBe(0);
      },
      { settings: { hookTimeout: 1 } },
    );
  });

  it('that is over leaves no timer', async () => {
    const { vi } = await import('vitest');
    await withRequest([plugin('p', async () => proceed())], async (request) => {
      await request.invoke(anyHook, toolCall());
      await pass(100);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe('cancellation', () => {
  const hanging = () => plugin('p', () => new Promise(() => undefined));

  it('by the signal of the host ends a call that waits', async () => {
    const controller = new AbortController();
    await withManager([hanging(), plugin('later', () => expect.unreachable())], async (manager) => {
      const request = manager.openRequest({}, { signal: controller.signal, record: true });
      const pending = request.invoke(anyHook, toolCall());
      controller.abort();
      const outcome = await pending;
      expect(outcome.violation).toMatchObject({ code: 'REQUEST_CANCELLED', plugin: 'mcpplugins' });
      expect(recordsOf(outcome)).toEqual(['p skipped aborted', 'later skipped aborted']);
    });
  });

  it('before the call calls no plugin', async () => {
    await withManager([plugin('p', () => expect.unreachable())], async (manager) => {
      const request = manager.openRequest({}, { signal: AbortSignal.abort() });
      expect((await request.invoke(anyHook, toolCall())).violation?.code).toBe('REQUEST_CANCELLED');
    });
  });

  it.each([
    ['answers at once', () => undefined],
    ['answers later', () => Promise.resolve()],
    ['never answers', () => new Promise(() => undefined)],
  ])('from inside of a handler that %s', async (_name, answer) => {
    const controller = new AbortController();
    const aborting = plugin('p', () => {
      controller.abort();
      return answer();
    });
    await withManager([aborting], async (manager) => {
      const request = manager.openRequest({}, { signal: controller.signal });
      expect((await request.invoke(anyHook, toolCall())).violation?.code).toBe('REQUEST_CANCELLED');
    });
  });

  it('from inside of a later handler: the outcome is given once', async () => {
    const controller = new AbortController();
    const plugins = [plugin('first', async () => proceed()), plugin('aborting', () => controller.abort())];
    const seen: unknown[] = [];
    await withManager(
      plugins,
      async (manager) => {
        const request = manager.openRequest({}, { signal: controller.signal });
        expect((await request.invoke(anyHook, toolCall())).violation?.code).toBe('REQUEST_CANCELLED');
      },
      { observers: [{ onDecisions: (records) => void seen.push(records.map(({ reason }) => reason)) }] },
    );
    expect(seen).toEqual([[undefined, 'aborted']]);
  });

  it('by closing the request, after which it takes no calls', async () => {
    await withManager([hanging()], async (manager) => {
      const request = manager.openRequest();
      const pending = request.invoke(anyHook, toolCall());
      request.close();
      request.close();
      expect((await pending).continueProcessing).toBe(false);
      expect(() => request.invoke(anyHook, toolCall())).toThrow(
        expect.objectContaining({ code: 'REQUEST_CLOSED' }),
      );
    });
  });

  it('by the shutdown of the manager', async () => {
    const manager = await PluginManager.start({ plugins: [hanging()] });
    const pending = manager.openRequest().invoke(anyHook, toolCall());
    await manager.shutdown();
    expect((await pending).violation?.code).toBe('REQUEST_CANCELLED');
  });
});

describe('the invariant', () => {
  it('INVARIANT: a plan with a step that nobody settles never continues', async () => {
    const { HookRun } = await import('../../src/execution/hook-run.js');
    const { compilePlan } = await import('../../src/execution/plan.js');
    const { resolvePluginSettings } = await import('../../src/index.js');
    const { toolPreInvoke } = await import('../../src/contracts/index.js');
    const plan = await compilePlan(toolPreInvoke, [], {
      settings: resolvePluginSettings(),
      compilePattern: undefined,
    });
    await withManager([], (manager) => {
      const request = manager.openRequest();
      const run = new HookRun({ ...plan, stepCount: 1 }, request as never, toolCall(), false);
      expect(() => run.start()).toThrow(expect.objectContaining({ code: 'INVARIANT', hook: anyHook }));
    });
  });
});
