import { silentLogger } from '@mcpplugins/framework-core';
import { expect, it } from 'vitest';
import { UpstreamSet } from '../../src/upstream/upstream-set.js';

it('keeps servers that are as before, and says what is new, gone and changed', () => {
  const set = new UpstreamSet({}, silentLogger);
  expect(set.replace({ a: { command: 'a' }, b: { command: 'b' }, c: { command: 'c' } })).toEqual({
    added: ['a', 'b', 'c'],
    removed: [],
    changed: [],
  });
  const a = set.get('a');
  const b = set.get('b');
  expect(set.replace({ d: { command: 'd' }, b: { command: 'other' }, a: { command: 'a' } })).toEqual({
    added: ['d'],
    removed: ['c'],
    changed: ['b'],
  });
  expect(set.get('a')).toBe(a);
  expect(set.get('b')).not.toBe(b);
  expect(set.names).toEqual(['d', 'b', 'a']);
  set.close();
});
