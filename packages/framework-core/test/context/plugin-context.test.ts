import { describe, expect, it } from 'vitest';
import { createPluginContext, silentLogger } from '../../src/index.js';

describe('createPluginContext', () => {
  it('has the identity that was given, frozen and copied', () => {
    const userContext = { userId: 'u', groups: ['a'] };
    const context = createPluginContext({
      requestId: 'r',
      user: 'ada',
      tenantId: 't',
      userContext,
      metadata: { n: 1 },
    });
    userContext.groups.push('b');
    expect(context).toMatchObject({ requestId: 'r', user: 'ada', tenantId: 't', metadata: { n: 1 } });
    expect([context.serverId, context.contentType]).toEqual([undefined, undefined]);
    expect(context.userContext).toEqual({ userId: 'u', groups: ['a'] });
    expect(Object.isFrozen(context.global)).toBe(true);
    expect(Object.isFrozen(context.userContext?.groups)).toBe(true);
    expect(context.logger).toBe(silentLogger);
  });

  it('refuses identity that is not plain data', () => {
    expect(() => createPluginContext({ metadata: { at: new Date(0) } })).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_NOT_PLAIN' }),
    );
  });
});

describe('state of a context', () => {
  it('reads its own writes and deletions', () => {
    const context = createPluginContext();
    context.setState('a', 1);
    context.setState('b', 2);
    context.deleteState('b');
    expect(context.getState('a')).toBe(1);
    expect(context.getState('b')).toBeUndefined();
    expect(context.getState('b', 'fallback')).toBe('fallback');
    expect(context.state).toEqual({ a: 1 });
  });

  it('tells null, false and 0 from nothing', () => {
    const context = createPluginContext();
    for (const value of [null, false, 0, '']) {
      context.setState('a', value);
      expect(context.getState('a', 'fallback')).toBe(value);
    }
  });

  it('copies what is written, and shows it read-only', () => {
    const context = createPluginContext();
    const list = [1];
    context.setState('list', list);
    list.push(2);
    expect(context.getState('list')).toEqual([1]);
    expect(() => Object.assign(context.state, { x: 1 })).toThrow(TypeError);
  });

  it('keeps __proto__ as a key', () => {
    const context = createPluginContext();
    context.setState('__proto__', { polluted: true });
    expect(Object.keys(context.state)).toEqual(['__proto__']);
    expect('polluted' in context.state).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['NaN', Number.NaN],
    ['a bigint', 1n],
  ])('refuses %s', (_name, value) => {
    expect(() => createPluginContext().setState('a', value)).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_NOT_PLAIN' }),
    );
  });

  it('refuses more than a megabyte', () => {
    expect(() => createPluginContext().setState('a', 'x'.repeat(1_000_001).split('b'))).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }),
    );
  });
});
