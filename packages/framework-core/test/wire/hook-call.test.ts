import { describe, expect, it } from 'vitest';
import { createGlobalContext } from '../../src/context/global-context.js';
import { builtInContracts } from '../../src/contracts/built-in-contracts.js';
import { FrameworkError } from '../../src/errors/framework-error.js';
import {
  createPayloadCodec,
  decodeHookCall,
  emptyWireState,
  encodeHookCall,
  type ToolCall,
} from '../../src/wire/index.js';
import { readFixture } from './read-fixture.js';

const hooks = new Map(
  builtInContracts.map((contract) => [contract.name, { contract, codec: createPayloadCodec(contract) }]),
);

const user = {
  userId: 'u1',
  email: 'a@b.c',
  fullName: 'Ada',
  isAdmin: true,
  groups: ['g'],
  roles: ['r'],
  attributes: { x: 1 },
};

function encode(hook: string, payload: object) {
  return hooks.get(hook)?.codec.encode(payload) ?? {};
}

describe('encodeHookCall', () => {
  it('writes the generic dialect with every field of the context', () => {
    const global = createGlobalContext(
      {
        requestId: 'r1',
        user: 'ada',
        tenantId: 't',
        serverId: 's',
        contentType: 'application/json',
        userContext: user,
        metadata: { m: 1 },
      },
      '',
    );
    const call = encodeHookCall(
      {
        hook: 'prompt_pre_fetch',
        plugin: 'guard',
        payload: encode('prompt_pre_fetch', { name: 'greet', args: { who: 'Ada' } }),
        global,
        state: { local: { seen: 1 }, shared: { g: 3 }, metadata: { mm: 2 } },
      },
      'invoke_hook',
    );
    expect(call).toEqual(readFixture('call.ours.invoke-hook'));
  });

  it('writes one tool per hook and leaves out what is not known, and keys of free data as they are', () => {
    const call = encodeHookCall(
      {
        hook: 'tool_pre_invoke',
        plugin: 'guard',
        payload: encode('tool_pre_invoke', { name: 'echo', args: { agentId: 1 } }),
        global: createGlobalContext({ requestId: 'r1' }, ''),
        state: emptyWireState,
      },
      'tool_per_hook',
    );
    expect(call).toEqual(readFixture('call.ours.tool-per-hook'));
  });
});

describe('decodeHookCall', () => {
  it('reads the call of a newer Python host', () => {
    const call = decodeHookCall(readFixture<ToolCall>('call.python.invoke-hook'), hooks);
    expect(call.contract.name).toBe('tool_pre_invoke');
    expect(call.plugin).toBe('DemoPlugin');
    expect(call.payload).toEqual({
      name: 't1',
      args: { n: null, x: [null, { y: null }] },
      headers: { A: 'b' },
    });
    expect(call.context.global).toMatchObject({ requestId: 'r1', user: 'admin@x', tenantId: undefined });
    expect(call.context.global.metadata).toEqual({ tool: { name: 't1', x: null } });
  });

  it('reads the call of an older Python host: nulls, prompt_id, state of both kinds', () => {
    const call = decodeHookCall(readFixture<ToolCall>('call.python.tool-per-hook'), hooks);
    expect(call.payload).toEqual({ name: 'p1', args: { who: 'Ada' } });
    expect(call.context).toMatchObject({
      global: { user: undefined, tenantId: 't', serverId: 's' },
      local: { k: 'v' },
      shared: { g: 3 },
      metadata: { mm: 2 },
    });
  });

  it('reads back what we write', () => {
    const { context, payload } = decodeHookCall(readFixture<ToolCall>('call.ours.invoke-hook'), hooks);
    expect(payload).toEqual({ name: 'greet', args: { who: 'Ada' } });
    expect(context.global.userContext).toEqual(user);
  });

  it('accepts arguments that are JSON in a text', () => {
    const call = readFixture<{ name: string; arguments: Record<string, unknown> }>('call.python.invoke-hook');
    const packed = { ...call.arguments, payload: JSON.stringify(call.arguments['payload']) };
    expect(decodeHookCall({ ...call, arguments: packed }, hooks).payload).toMatchObject({ name: 't1' });
  });

  it('takes the address of a user that is an object', () => {
    const call = readFixture<ToolCall>('call.python.invoke-hook');
    const context = { global_context: { request_id: 'r', user: { email: 'a@b.c', is_admin: true } } };
    const read = decodeHookCall({ ...call, arguments: { ...call.arguments, context } }, hooks);
    expect(read.context.global.user).toBe('a@b.c');
  });

  it.each([
    ['no payload', { payload: undefined }, 'payload is not an object'],
    ['a payload that is a list', { payload: [] }, 'payload is not an object'],
    ['no context', { context: undefined }, 'context is not an object'],
    ['no request id', { context: { global_context: {} } }, 'request_id'],
    [
      'state that is a list',
      { context: { state: [], global_context: { request_id: 'r' } } },
      'context.state',
    ],
    ['an unknown hook', { hook_type: 'tool_pre_invke' }, 'no hook of this server'],
    ['no plugin name', { plugin_name: '' }, 'plugin_name'],
    [
      'two names of a prompt',
      { hook_type: 'prompt_pre_fetch', payload: { name: 'a', prompt_id: 'b' } },
      'prompt_id',
    ],
    ['a user that is a number', { context: { global_context: { request_id: 'r', user: 1 } } }, 'user'],
  ])('refuses %s', (_, change, message) => {
    const call = readFixture<ToolCall>('call.python.invoke-hook');
    const decode = () => decodeHookCall({ ...call, arguments: { ...call.arguments, ...change } }, hooks);
    expect(decode).toThrow(message);
    expect(decode).toThrow(expect.toSatisfy((error) => FrameworkError.is(error, 'WIRE_INVALID')));
  });
});
