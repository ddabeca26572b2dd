import { describe, expect, it } from 'vitest';
import { toolPreInvoke } from '../../src/contracts/tools.js';
import { block, modify, proceed, respond } from '../../src/results/hook-result.js';
import {
  createPayloadCodec,
  decodeHookReply,
  encodeErrorReply,
  encodeHookReply,
} from '../../src/wire/index.js';
import { readFixture } from './read-fixture.js';

const codec = createPayloadCodec(toolPreInvoke);
const state = { local: { k: 'v' }, shared: { g: 3 }, metadata: { mm: 2 } };

describe('decodeHookReply', () => {
  it('reads a modification and state, and leaves identity and unknown fields alone', () => {
    expect(decodeHookReply(readFixture('reply.python.modified'), codec)).toEqual({
      kind: 'result',
      result: {
        continueProcessing: true,
        modifiedPayload: { name: 'ctx', args: { x: 2 } },
        metadata: { seen: true },
      },
      state,
    });
  });

  it('reads the shortest reply of the oldest server: state stays as it was', () => {
    expect(decodeHookReply(readFixture('reply.python.unchanged-oldest'), codec)).toEqual({
      kind: 'result',
      result: { continueProcessing: true },
      state: undefined,
    });
  });

  it('reads a violation', () => {
    expect(decodeHookReply(readFixture('reply.python.violation'), codec)).toMatchObject({
      result: {
        continueProcessing: false,
        violation: { reason: 'R', description: 'D', code: 'C', details: { a: 1 }, mcpErrorCode: -32005 },
      },
    });
  });

  it('reads an error', () => {
    expect(decodeHookReply(readFixture('reply.python.error'), codec)).toEqual({
      kind: 'error',
      error: { message: "RuntimeError('kaboom')", code: '', details: {}, mcpErrorCode: -32603 },
    });
  });

  it('reads the bare result of the specification', () => {
    expect(decodeHookReply(readFixture('reply.specification.bare'), codec)).toMatchObject({
      result: { continueProcessing: false, violation: { code: 'PII', reason: 'has a number' } },
    });
  });

  it.each([
    [{}, { code: 'BLOCKED', reason: 'Refused by the plugin server' }],
    ['no', { code: 'BLOCKED', reason: 'Refused by the plugin server' }],
    [
      { code: 7, description: 'D', details: [] },
      { code: 'BLOCKED', reason: 'D' },
    ],
  ])('keeps a refusal whose words are wrong: %j', (violation, read) => {
    const reply = { result: { continue_processing: false, violation } };
    expect(decodeHookReply(reply, codec)).toMatchObject({
      result: { continueProcessing: false, violation: read },
    });
  });

  it.each([
    [[], 'the reply is not an object'],
    [{}, 'neither a result nor an error'],
    [{ plugin_name: 'x', result: null }, 'neither a result nor an error'],
    [{ result: { continue_processing: 'yes' } }, 'continue_processing'],
    [{ result: { modified_payload: 'x' } }, 'payload is not an object'],
    [{ result: { metadata: [] } }, 'result.metadata'],
    [{ result: { response: {} } }, 'result.response'],
    [{ result: {}, context: { global_context: { state: 1 } } }, 'context.global_context.state'],
  ])('refuses %j', (reply, message) => {
    expect(() => decodeHookReply(reply, codec)).toThrow(message);
  });
});

describe('encodeHookReply', () => {
  it('writes a modification with state', () => {
    const result = modify({ name: 'echo', args: { x: 2 } }, { seen: true });
    const context = { requestId: 'r1', state };
    expect(encodeHookReply({ plugin: 'guard', result, context }, codec)).toEqual(
      readFixture('reply.ours.modified'),
    );
  });

  it('writes a violation with every field that the oldest host wants', () => {
    const result = block({ code: 'C', reason: 'R', mcpErrorCode: -32005, httpStatusCode: 422 });
    expect(encodeHookReply({ plugin: 'guard', result, context: undefined }, codec)).toEqual(
      readFixture('reply.ours.violation'),
    );
  });

  it('writes a response under a key of its own', () => {
    const result = respond({ content: [] });
    expect(encodeHookReply({ plugin: 'guard', result, context: undefined }, codec)).toEqual(
      readFixture('reply.ours.response'),
    );
  });

  it.each([
    ['proceed', proceed({ a: 1 })],
    ['modify', modify({ name: 'x', args: { deep: [null, { camelCase: 1 }] }, headers: { h: 'v' } })],
    ['block', block({ code: 'C', reason: 'R', description: 'D', details: { d: 1 } }, { m: 1 })],
    ['respond', respond(null)],
  ])('is undone by decodeHookReply: %s', (_, result) => {
    const wire: unknown = JSON.parse(
      JSON.stringify(encodeHookReply({ plugin: 'p', result, context: { requestId: 'r', state } }, codec)),
    );
    const back = decodeHookReply(wire, codec);
    expect(back).toEqual({ kind: 'result', result: { metadata: {}, ...dropUndefined(result) }, state });
  });
});

describe('encodeErrorReply', () => {
  it('writes the envelope that every host knows', () => {
    const error = {
      message: 'no connection',
      code: 'PLUGIN_ERROR',
      details: { hook: 'tool_pre_invoke' },
      mcpErrorCode: -32603,
    };
    expect(encodeErrorReply('guard', error)).toEqual(readFixture('reply.ours.error'));
    expect(decodeHookReply(encodeErrorReply('guard', error), codec)).toEqual({ kind: 'error', error });
  });
});

function dropUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
