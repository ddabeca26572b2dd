import { createPluginContext, proceed } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { handleHooks } from '../../src/index.js';

describe('handleHooks', () => {
  it('gives one handler a hook, each told which one it is', () => {
    const context = createPluginContext({ requestId: 'r' });
    const hooks = handleHooks(['tool_pre_invoke', 'resource_pre_fetch'], (hook, payload, { requestId }) =>
      proceed({ hook, payload, requestId }),
    );
    expect(Object.keys(hooks)).toEqual(['tool_pre_invoke', 'resource_pre_fetch']);
    expect(hooks.resource_pre_fetch({ uri: 'a:b' }, context)).toEqual({
      continueProcessing: true,
      metadata: { hook: 'resource_pre_fetch', payload: { uri: 'a:b' }, requestId: 'r' },
    });
  });
});
