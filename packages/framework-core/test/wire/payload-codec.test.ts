import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtInContracts } from '../../src/contracts/built-in-contracts.js';
import { defineHook, verbatim } from '../../src/contracts/define-hook.js';
import { promptPreFetch } from '../../src/contracts/prompts.js';
import { createPayloadCodec, detectDialect, isDeeperThan, parseWireJson } from '../../src/wire/index.js';

const custom = defineHook({
  name: 'agent_pre_ask',
  phase: 'pre',
  payload: z.object({
    agentId: z.string(),
    chatHistory: z.array(z.object({ fromUser: z.string(), freeForm: z.unknown().optional() })).optional(),
    modelPart: z
      .discriminatedUnion('partKind', [
        z.object({ partKind: z.literal('toolCall'), callId: z.string() }),
        z.object({ partKind: z.literal('plain'), plainText: z.string().nullable() }),
      ])
      .optional(),
    rawResult: verbatim(z.object({ mimeType: z.string() })).optional(),
    parameterMap: z.record(z.string(), z.unknown()),
    get childAgent() {
      return z.object({ agentId: z.string() }).optional();
    },
  }),
  writable: ['parameterMap'],
});
const codec = createPayloadCodec(custom);

const customPayload = fc.record(
  {
    agentId: fc.string(),
    chatHistory: fc.array(
      fc.record(
        { fromUser: fc.string(), freeForm: fc.jsonValue({ noUnicodeString: false }) },
        { requiredKeys: ['fromUser'] },
      ),
    ),
    modelPart: fc.oneof(
      fc.record({ partKind: fc.constant('toolCall'), callId: fc.string() }),
      fc.record({ partKind: fc.constant('plain'), plainText: fc.option(fc.string()) }),
    ),
    rawResult: fc.record({ mimeType: fc.string() }),
    parameterMap: fc.dictionary(fc.string(), fc.jsonValue()),
    childAgent: fc.record({ agentId: fc.string() }),
  },
  { requiredKeys: ['agentId', 'parameterMap'], noNullPrototype: true },
);

function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** What JSON makes of a value: `-0` is `0`. */
const asJson = overTheWire;

describe('createPayloadCodec', () => {
  it('renames keys of objects at any depth, and nothing in records, unknown values and verbatim parts', () => {
    const payload = {
      agentId: 'a',
      chatHistory: [{ fromUser: 'u', freeForm: { keepMe: 1 } }],
      modelPart: { partKind: 'toolCall', callId: 'c' },
      rawResult: { mimeType: 'x' },
      parameterMap: { camelCase: { innerKey: 1 } },
    };
    const wire = codec.encode(payload);
    expect(wire).toEqual({
      agent_id: 'a',
      chat_history: [{ from_user: 'u', free_form: { keepMe: 1 } }],
      model_part: { part_kind: 'toolCall', call_id: 'c' },
      raw_result: { mimeType: 'x' },
      parameter_map: { camelCase: { innerKey: 1 } },
    });
    expect(codec.decode(wire)).toEqual(payload);
  });

  it('round trips any payload of a custom hook', () => {
    fc.assert(
      fc.property(customPayload, (payload) => {
        expect(codec.decode(overTheWire(codec.encode(payload)))).toEqual(asJson(payload));
      }),
    );
  });

  it('round trips any payload of the built-in hooks', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    const text = fc.dictionary(fc.string(), fc.string());
    const error = fc.record(
      { code: fc.integer(), message: fc.string(), data: fc.jsonValue() },
      { requiredKeys: ['code', 'message'] },
    );
    const post = fc.oneof(fc.record({ result: fc.jsonValue() }), fc.record({ error }));
    const byHook: Record<string, fc.Arbitrary<object>> = {
      prompt_pre_fetch: fc.record({ name: fc.string(), args: text }),
      prompt_post_fetch: fc.tuple(fc.string(), post).map(([name, rest]) => ({ name, ...rest })),
      tool_pre_invoke: fc.record(
        { name: fc.string(), args: json, headers: text },
        { requiredKeys: ['name', 'args'] },
      ),
      tool_post_invoke: fc.tuple(fc.string(), post).map(([name, rest]) => ({ name, ...rest })),
      resource_pre_fetch: fc.record({ uri: fc.string(), metadata: json }, { requiredKeys: ['uri'] }),
      resource_post_fetch: fc.record({ uri: fc.string(), content: fc.jsonValue() }),
    };
    for (const contract of builtInContracts) {
      const built = createPayloadCodec(contract);
      const payloads = byHook[contract.name] ?? fc.constant({});
      fc.assert(
        fc.property(payloads, (payload) => {
          expect(built.decode(overTheWire(built.encode(payload)))).toEqual(asJson(payload));
        }),
        { numRuns: 50 },
      );
    }
  });

  it('keeps an own key __proto__ and unknown keys', () => {
    const wire: unknown = JSON.parse(
      '{"agent_id":"a","parameter_map":{},"__proto__":{"x":1},"more_stuff":1}',
    );
    const payload = codec.decode(wire);
    expect(Object.keys(payload)).toEqual(['agentId', 'parameterMap', '__proto__', 'more_stuff']);
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
  });

  it('takes null in an optional field, and in one that nobody knows, for a field that is not there', () => {
    const wire = { agent_id: 'a', chat_history: null, parameter_map: { n: null }, new_field: null };
    expect(codec.decode(wire)).toEqual({ agentId: 'a', parameterMap: { n: null } });
  });

  it('keeps null where the schema has it', () => {
    const wire = { agent_id: 'a', parameter_map: {}, model_part: { part_kind: 'plain', plain_text: null } };
    expect(codec.decode(wire)).toMatchObject({ modelPart: { plainText: null } });
  });

  it('writes both names of a prompt and reads either', () => {
    const prompts = createPayloadCodec(promptPreFetch);
    expect(prompts.encode({ name: 'p', args: {} })).toEqual({ name: 'p', prompt_id: 'p', args: {} });
    expect(prompts.decode({ prompt_id: 'p', args: {} })).toEqual({ name: 'p', args: {} });
    expect(prompts.decode({ name: 'p', args: {}, prompt_id: null })).toEqual({ name: 'p', args: {} });
  });

  it('writes binary data as base64', () => {
    const bytes = new Uint8Array(20_000).map((_, index) => index % 256);
    const wire = codec.encode({ agentId: 'a', parameterMap: { list: [{ bytes }] } });
    expect(wire).toMatchObject({
      parameter_map: { list: [{ bytes: Buffer.from(bytes).toString('base64') }] },
    });
  });
});

describe('detectDialect', () => {
  const hooks = ['tool_pre_invoke'];
  it.each([
    [['get_plugin_config', 'invoke_hook', 'tool_pre_invoke'], 'invoke_hook'],
    [['get_plugin_config', 'tool_pre_invoke'], 'tool_per_hook'],
    [['get_plugin_config', 'add'], undefined],
  ])('takes tools %j for %s', (tools, dialect) => {
    expect(detectDialect(tools, hooks)).toBe(dialect);
  });
});

describe('parseWireJson', () => {
  it('agrees with a count of levels for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 9 }), (value, maxDepth) => {
        expect(isDeeperThan(JSON.stringify(value), maxDepth)).toBe(levelsOf(value) > maxDepth);
      }),
      { numRuns: 500 },
    );
  });

  it('does not count brackets in strings', () => {
    expect(isDeeperThan('["[[[[\\"[[[\\\\"]', 1)).toBe(false);
  });

  it('refuses 20 000 levels before it builds anything', () => {
    const text = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(() => parseWireJson(text)).toThrow('deeper than 210');
  });

  it('refuses an unfinished string in the end of a deep text', () => {
    expect(() => parseWireJson(`${'['.repeat(205)}"`)).toThrow('not JSON');
  });
});

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}
