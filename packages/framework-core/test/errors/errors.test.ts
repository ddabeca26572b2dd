import { describe, expect, it } from 'vitest';
import { coreErrorCodes } from '../../src/errors/error-codes.js';
import { describeError, didYouMean, FrameworkError, nearestName } from '../../src/index.js';

const throwing = () => {
  throw new Error('trap');
};
const hostileProxy = new Proxy(
  {},
  { get: throwing, getOwnPropertyDescriptor: throwing, has: throwing, getPrototypeOf: throwing },
);

describe('FrameworkError', () => {
  it('carries code, plugin, hook and cause', () => {
    const cause = new Error('why');
    const error = new FrameworkError('CONFIG_INVALID', 'text', { plugin: 'p', hook: 'h', cause });
    expect(error).toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'text',
      plugin: 'p',
      hook: 'h',
      cause,
      name: 'FrameworkError',
    });
  });

  it('is recognised by its brand and code, also from another copy', () => {
    const foreign = Object.assign(new Error('x'), {
      code: 'A',
      [Symbol.for('mcpplugins.framework-error')]: true,
    });
    expect(FrameworkError.is(foreign, 'A')).toBe(true);
    expect(FrameworkError.is(foreign, 'B')).toBe(false);
    expect(FrameworkError.is(Object.assign(new Error('x'), { code: 'A' }))).toBe(false);
    for (const other of [null, undefined, 'x', 7, hostileProxy]) expect(FrameworkError.is(other)).toBe(false);
  });
});

describe('describeError', () => {
  it.each<[unknown, string]>([
    [new Error('broken'), 'broken'],
    [new TypeError('broken'), 'TypeError: broken'],
    [new FrameworkError('X', 'broken'), 'broken'],
    ['text', 'text'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('x'), 'Symbol(x)'],
    [[], 'a thrown array without a message'],
    [{}, 'a thrown object without a message'],
    [() => 1, 'a thrown function'],
    [hostileProxy, 'something that cannot be described'],
    [
      {
        get message() {
          return throwing();
        },
      },
      'something that cannot be described',
    ],
    [{ message: 'x', toString: throwing }, 'x'],
  ])('%#', (thrown, text) => {
    expect(describeError(thrown)).toBe(text);
  });

  it('cuts at 500 characters', () => {
    expect(describeError(new Error('x'.repeat(10_000)))).toHaveLength(500);
  });
});

describe('nearestName', () => {
  it.each([
    ['tool_pre_invok', 'tool_pre_invoke'],
    ['tool-pre-invoke', 'tool_pre_invoke'],
    ['TOOL_PRE_INVOKE', 'tool_pre_invoke'],
    ['tool_pre_invkoe', 'tool_pre_invoke'],
    ['something_else', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s: %s', (name, expected) => {
    expect(nearestName(name, ['prompt_pre_fetch', 'tool_pre_invoke'])).toBe(expected);
  });

  it('makes half a sentence', () => {
    expect(didYouMean('promt', ['prompt'])).toBe('; did you mean "prompt"?');
    expect(didYouMean('zzz', ['prompt'])).toBe('');
  });
});

describe('coreErrorCodes', () => {
  it.each(Object.entries(coreErrorCodes))(
    '%s says what it means and what to do',
    (code, { meaning, action }) => {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(meaning).toMatch(/\.$/);
      expect(action).toMatch(/\.$/);
    },
  );
});
