import { describe, expect, it } from 'vitest';
import { modify, proceed } from '../../src/index.js';
import { callWith, faultModes, policyOf, resultOf, throwing, throwingProxy } from '../support/faults.js';
import { anyHook, recordsOf, toolCall } from '../support/host.js';

describe.each(faultModes)('what a plugin answers, mode %s', (mode) => {
  it('P1: a handler that throws: the text goes to the log, not to the caller', async () => {
    const handler = () => {
      throw new Error('password is hunter2');
    };
    expect(await resultOf(handler, mode)).toEqual(policyOf(mode, 'PLUGIN_ERROR'));
    const { outcome, logged } = await callWith(handler, { mode });
    expect(logged.join()).toContain('hunter2');
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['text', 'text'],
    ['a frozen object', Object.freeze({})],
    [
      'throwing getters',
      {
        get message() {
          return throwing();
        },
        get name() {
          return throwing();
        },
        toString: throwing,
      },
    ],
    ['a proxy whose traps throw', throwingProxy({})],
    ['a proxy of an error', throwingProxy(new Error('x'))],
    ['a symbol', Symbol('x')],
  ])('P2: throws or rejects with %s', async (_name, thrown) => {
    expect(
      await resultOf(() => {
        throw thrown;
      }, mode),
    ).toEqual(policyOf(mode, 'PLUGIN_ERROR'));
    expect(await resultOf(() => Promise.reject(thrown), mode)).toEqual(policyOf(mode, 'PLUGIN_ERROR'));
  });

  it.each<[string, () => unknown]>([
    ['null', () => null],
    ['a number', () => 7],
    ['text', () => 'ok'],
    ['a list', () => [proceed()]],
    ['a function', () => () => proceed()],
    ['a proxy whose traps throw', () => throwingProxy({ continueProcessing: true })],
    ['a thenable that throws', () => new Proxy({}, { get: throwing })],
    ['a promise of null', () => Promise.resolve(null)],
  ])('P5: answers with %s', async (name, answer) => {
    const error = name.includes('throw') ? 'PLUGIN_ERROR' : 'RESULT_INVALID';
    expect(await resultOf(answer, mode)).toEqual(policyOf(mode, error));
  });

  it('P5: nothing, or a promise of a promise, is a good answer', async () => {
    for (const answer of [() => undefined, () => Promise.resolve(Promise.resolve(proceed()))]) {
      const { outcome } = await callWith(answer, { mode });
      expect(recordsOf(outcome)).toEqual(['faulty ran proceed', 'next ran proceed']);
    }
  });

  it.each([undefined, 'false', 'true', 0, 1, null, {}])(
    'P6: continueProcessing is %s',
    async (continueProcessing) => {
      expect(await resultOf(() => ({ continueProcessing }), mode)).toEqual(policyOf(mode, 'RESULT_INVALID'));
    },
  );

  it('P7: blocks without a violation', async () => {
    const { outcome } = await callWith(() => ({ continueProcessing: false }), { mode });
    expect(outcome.violation).toEqual(
      mode === 'enforce'
        ? { code: 'BLOCKED', reason: 'Blocked by faulty', plugin: 'faulty', hook: anyHook }
        : undefined,
    );
    expect(recordsOf(outcome)[0]).toBe(
      mode === 'enforce' ? 'faulty ran block BLOCKED' : 'faulty ran would_block BLOCKED',
    );
  });

  it('P8: blocks and modifies at once', async () => {
    const modifiedPayload = toolCall({ text: 'changed' });
    const { outcome, seen } = await callWith(() => ({ continueProcessing: false, modifiedPayload }), {
      mode,
    });
    expect(outcome.modifiedPayload).toEqual(mode === 'enforce' ? undefined : modifiedPayload);
    expect(seen).toEqual(mode === 'enforce' ? undefined : modifiedPayload);
  });

  it.each<[string, object, string]>([
    ['the payload of another hook', { uri: 'file:///x' }, 'UNKNOWN_PAYLOAD_FIELD'],
    ['another name', toolCall({}, 'other'), 'NOT_WRITABLE'],
    ['a list for arguments', { name: 'echo', args: [] }, 'PAYLOAD_INVALID'],
  ])('P9: modifies to %s', async (_name, modifiedPayload, error) => {
    expect(await resultOf(() => ({ continueProcessing: true, modifiedPayload }), mode)).toEqual(
      policyOf(mode, error),
    );
  });

  const deep = () => {
    const top: Record<string, unknown> = {};
    let inner = top;
    for (let level = 0; level < 100_000; level++) inner = inner['a'] = {} as Record<string, unknown>;
    return top;
  };
  const cyclic = () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    return value;
  };
  it.each<[string, () => unknown, string]>([
    ['100 MB', () => 'x'.repeat(100_000_000), 'PAYLOAD_TOO_LARGE'],
    [
      'a million keys',
      () => Object.fromEntries(Array.from({ length: 1_000_000 }, (_, key) => [key, 0])),
      'PAYLOAD_TOO_LARGE',
    ],
    ['depth 100 000', deep, 'PAYLOAD_TOO_LARGE'],
    ['a cycle', cyclic, 'PAYLOAD_TOO_LARGE'],
    ['a bigint', () => 1n, 'PAYLOAD_NOT_PLAIN'],
    ['a date', () => new Date(0), 'PAYLOAD_NOT_PLAIN'],
    ['a map', () => new Map(), 'PAYLOAD_NOT_PLAIN'],
    ['a function', () => throwing, 'PAYLOAD_NOT_PLAIN'],
    [
      'a getter that throws',
      () => ({
        get a() {
          return throwing();
        },
      }),
      'PAYLOAD_NOT_PLAIN',
    ],
    ['a proxy whose traps throw', () => throwingProxy({}), 'PAYLOAD_NOT_PLAIN'],
  ])('P10: modifies to %s', async (_name, value, error) => {
    expect(await resultOf((payload) => modify({ ...payload, args: { value: value() } }), mode)).toEqual(
      policyOf(mode, error),
    );
  });
});
