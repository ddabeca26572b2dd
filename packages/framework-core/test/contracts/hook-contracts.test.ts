import { describe, expect, it } from 'vitest';
import { builtInContracts } from '../../src/contracts/index.js';

const byName = new Map(builtInContracts.map((contract) => [contract.name, contract]));
const error = { code: -32000, message: 'no' };

describe.each(builtInContracts.map((contract) => [contract.name, contract] as const))(
  'contract %s',
  (name, contract) => {
    it('says when a host fires it', () => {
      expect(contract.description.length).toBeGreaterThan(20);
    });

    it('has a pair of the other phase that names it back, or none', () => {
      const pair = contract.pair === undefined ? undefined : byName.get(contract.pair);
      expect(pair?.pair ?? name).toBe(name);
      expect(pair?.phase).not.toBe(contract.phase);
      expect(contract.pair === undefined || pair !== undefined).toBe(true);
    });

    it('keeps what conditions compare from being changed', () => {
      const read = new Set<string>();
      const probe = new Proxy(
        {},
        {
          get(_target, key) {
            read.add(String(key));
            return 'probe';
          },
        },
      );
      contract.target?.(probe as never);
      expect(contract.writable.filter((field) => read.has(field))).toEqual([]);
    });
  },
);

describe.each(['tool_post_invoke', 'prompt_post_fetch', 'resource_post_fetch'])('%s', (name) => {
  const contract = byName.get(name);
  const result = name === 'resource_post_fetch' ? 'content' : 'result';
  const subject = name === 'resource_post_fetch' ? { uri: 'file:///a' } : { name: 'x' };
  it.each([
    ['a result', { [result]: {} }, true],
    ['an error', { error }, true],
    ['a result that is null', { [result]: null }, true],
    ['neither', {}, false],
    ['both', { [result]: {}, error }, false],
    ['an error without a code', { error: { message: 'x' } }, false],
  ])('with %s: valid is %3$s', (_what, fields, isValid) => {
    expect(contract?.payload.safeParse({ ...subject, ...fields }).success).toBe(isValid);
  });
});
