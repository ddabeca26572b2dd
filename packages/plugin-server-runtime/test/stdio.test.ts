import { describe, expect, it } from 'vitest';
import { connectStdio, guard, preInvoke } from './support/raw-client.js';

describe('a plugin server over stdio', () => {
  it('offers the tools of both dialects, without an output schema', async () => {
    const { ask, server } = await connectStdio([guard()]);
    await using _server = server;
    const { result } = await ask<{ result: { tools: { name: string }[] } }>('tools/list');
    expect(result.tools.map(({ name }) => name)).toEqual([
      'get_plugin_configs',
      'get_plugin_config',
      'invoke_hook',
      'prompt_pre_fetch',
      'prompt_post_fetch',
      'tool_pre_invoke',
      'tool_post_invoke',
      'resource_pre_fetch',
      'resource_post_fetch',
    ]);
    expect(JSON.stringify(result)).not.toContain('outputSchema');
  });

  it.each([
    ['2025-06-18', '2025-06-18'],
    ['2999-01-01', '2025-11-25'],
  ])('answers a client of revision %s with %s', async (asked, answered) => {
    const { ask, server } = await connectStdio([guard()]);
    await using _server = server;
    expect(await ask('initialize', { protocolVersion: asked })).toMatchObject({
      result: { protocolVersion: answered },
    });
  });

  it('answers calls of either dialect with the same envelope', async () => {
    const { call, server } = await connectStdio([guard()]);
    await using _server = server;
    const { hook_type: hook, ...perHook } = preInvoke({}) as { hook_type: string };
    const generic = await call('invoke_hook', preInvoke({}));
    expect(generic).toEqual({
      plugin_name: 'Guard',
      result: { continue_processing: true, modified_payload: null, violation: null, metadata: {} },
      context: {
        state: {},
        global_context: { request_id: 'r', state: { seen: 'ada' }, metadata: {} },
        metadata: {},
      },
    });
    expect(await call(hook, perHook)).toEqual(generic);
  });

  it('modifies and refuses', async () => {
    const { call, server } = await connectStdio([guard()]);
    await using _server = server;
    expect(await call('invoke_hook', preInvoke({ do: 'modify' }))).toMatchObject({
      result: { modified_payload: { name: 'echo', args: { done: true } } },
    });
    expect(await call('invoke_hook', preInvoke({ do: 'block' }))).toMatchObject({
      result: {
        continue_processing: false,
        violation: { code: 'C', reason: 'R', description: 'R', details: {} },
      },
    });
  });

  it.each([
    ['a plugin that throws', preInvoke({ do: 'throw' }), { message: 'kaboom', code: 'PLUGIN_ERROR' }],
    ['an unknown plugin', preInvoke({}, { plugin_name: 'guard' }), { code: 'PLUGIN_NOT_FOUND' }],
    ['an unknown hook', preInvoke({}, { hook_type: 'tool_pre' }), { code: 'WIRE_INVALID' }],
    [
      'a hook that the plugin does not have',
      preInvoke({}, { hook_type: 'tool_post_invoke' }),
      { code: 'HOOK_NOT_IMPLEMENTED' },
    ],
    ['a payload that does not fit', preInvoke({}, { payload: { args: 1 } }), { code: 'WIRE_INVALID' }],
    [
      'a response that the host does not understand',
      preInvoke({ do: 'respond' }),
      { code: 'RESPOND_UNSUPPORTED' },
    ],
  ])('reports %s in the envelope', async (_, given, error) => {
    const { call, server } = await connectStdio([guard()]);
    await using _server = server;
    expect(await call('invoke_hook', given)).toMatchObject({
      error: { plugin_name: expect.any(String), message: expect.any(String), details: {}, ...error },
    });
  });

  it('responds to a host that says it understands that, in structured content alone', async () => {
    const { call, server } = await connectStdio([guard()]);
    await using _server = server;
    const accepts = { 'mcpplugins.dev/accepts': ['respond', 'structured'] };
    expect(await call('invoke_hook', preInvoke({ do: 'respond' }), accepts)).toMatchObject({
      result: { response: { result: { content: [] } } },
    });
  });

  it('gives a plugin whole resource results where a Python host sends one block', async () => {
    const { call, server } = await connectStdio([guard()]);
    await using _server = server;
    const payload = {
      uri: 'u',
      content: { type: 'resource', id: '1', uri: 'u', mimeType: 'text/plain', text: 'secret' },
    };
    const given = preInvoke({}, { hook_type: 'resource_post_fetch', payload });
    expect(await call('invoke_hook', given)).toMatchObject({
      result: { modified_payload: { uri: 'u', content: { ...payload.content, text: '***' } } },
    });
  });

  it('describes plugins in any letter case, and unknown ones as an empty object', async () => {
    const { call, server } = await connectStdio([guard()]);
    await using _server = server;
    expect(await call('get_plugin_config', { name: 'gUARD' })).toMatchObject({
      name: 'Guard',
      version: '1.2.3',
      hooks: ['tool_pre_invoke', 'resource_post_fetch'],
      mode: 'enforce',
    });
    expect(await call('get_plugin_config', { name: 'other' })).toEqual({});
    expect(await call('get_plugin_configs', {})).toMatchObject([{ name: 'Guard' }]);
  });

  it('answers what it does not know with an error', async () => {
    const { ask, server } = await connectStdio([guard()]);
    await using _server = server;
    expect(await ask('resources/list')).toMatchObject({ error: { code: -32_601 } });
    expect(await ask('tools/call', { name: 1 })).toMatchObject({ error: { code: -32_602 } });
    expect(await ask('tools/call', { name: 'other', arguments: {} })).toMatchObject({
      result: { isError: true, content: [{ text: 'Unknown tool: other' }] },
    });
    const deep: unknown = JSON.parse('['.repeat(300) + ']'.repeat(300));
    expect(await ask('tools/call', { name: 'other', arguments: { deep } })).toMatchObject({
      error: { code: -32_602 },
    });
  });

  it('ends a call that the host cancels', async () => {
    const { ask, notify, server } = await connectStdio([guard()]);
    await using _server = server;
    const hanging = ask('tools/call', { name: 'invoke_hook', arguments: preInvoke({ do: 'hang' }) });
    notify('notifications/cancelled', { requestId: 1 });
    expect(JSON.stringify(await hanging)).toContain('REQUEST_CANCELLED');
  });

  it('answers what was asked before its stdin ended, then stops', async () => {
    const { call, stdin, server } = await connectStdio([guard()]);
    const waiting = call('invoke_hook', preInvoke({ do: 'wait' }));
    stdin.end();
    expect(await waiting).toMatchObject({ result: { metadata: { waited: true } } });
    await server.closed;
  });

  it('does not start without a plugin', async () => {
    await expect(connectStdio([])).rejects.toMatchObject({ code: 'SERVER_NO_PLUGINS' });
  });
});
