import { type HookName } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { describe, expect, it } from 'vitest';
import { payloadFor } from '../src/index.js';

const hooks = builtInContracts.map(({ name }) => name as HookName);

describe('payloadFor', () => {
  it.each(hooks)('%s: fits the contract and is fresh each time', (hook) => {
    const contract = builtInContracts.find(({ name }) => name === hook);
    expect(contract?.payload.safeParse(payloadFor(hook)).success).toBe(true);
    expect(payloadFor(hook)).toEqual(payloadFor(hook));
    expect(payloadFor(hook)).not.toBe(payloadFor(hook));
  });

  it('takes fields of your own', () => {
    expect(payloadFor('tool_pre_invoke', { args: { q: 1 } })).toEqual({ name: 'echo', args: { q: 1 } });
  });

  it('has no result where there is an error', () => {
    const error = { code: -32000, message: 'no' };
    expect(payloadFor('tool_post_invoke', { error })).toEqual({ name: 'echo', error });
    expect(payloadFor('resource_post_fetch', { error })).toEqual({ uri: 'file:///notes/today.md', error });
  });

  it('HOOK_UNKNOWN: with the nearest name', () => {
    expect(() => payloadFor('tool_pre_invok' as HookName)).toThrow(
      expect.objectContaining({ code: 'HOOK_UNKNOWN', message: expect.stringContaining('tool_pre_invoke') }),
    );
  });

  it('PAYLOAD_INVALID: fields that do not fit', () => {
    expect(() => payloadFor('tool_pre_invoke', { args: 7 as never })).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_INVALID', message: expect.stringContaining('args') }),
    );
  });
});
