import { modify } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { startRelay } from '../support/start-relay.js';

const tools = [
  {
    name: 'lookup',
    inputSchema: { type: 'object' },
    outputSchema: { type: 'object', properties: { age: { type: 'number' } }, required: ['age'] },
  },
  { name: 'free', inputSchema: { type: 'object' } },
];

/** A session whose client has listed the tools, with a guard that writes `age` anew. */
async function listed(age: unknown) {
  const ends = await startRelay({
    tool_post_invoke: (payload) => {
      const { structuredContent, ...rest } = payload.result as { structuredContent?: object };
      return modify({ ...payload, result: { ...rest, structuredContent: { ...structuredContent, age } } });
    },
  });
  ends.client.send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  await ends.server.nextText();
  ends.server.send({ jsonrpc: '2.0', id: 1, result: { tools } });
  await ends.client.nextMessage();
  return {
    ...ends,
    call: async (name: string, result: object): Promise<unknown> => {
      ends.client.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name } });
      await ends.server.nextText();
      ends.server.send({ jsonrpc: '2.0', id: 2, result });
      return ends.client.nextMessage();
    },
  };
}

const result = {
  content: [{ type: 'text', text: '{"age":7}' }],
  structuredContent: { age: 7 },
  _meta: { a: 1 },
};

describe('an answer that a plugin changed', () => {
  it('is given as it is while it fits the output schema', async () => {
    const { call } = await listed(0);
    expect(await call('lookup', result)).toEqual({
      jsonrpc: '2.0',
      id: 2,
      result: { ...result, structuredContent: { age: 0 } },
    });
  });

  it('loses its structure, and is an error, when it no longer fits: clients would refuse it whole', async () => {
    const { call, logged } = await listed('[masked]');
    expect(await call('lookup', result)).toEqual({
      jsonrpc: '2.0',
      id: 2,
      result: {
        content: [
          result.content[0],
          { type: 'text', text: expect.stringContaining('no longer fits') as string },
        ],
        isError: true,
        _meta: {
          a: 1,
          'mcpplugins.dev/violation': {
            code: 'OUTPUT_SCHEMA_MISMATCH',
            reason: "The answer was changed by a guard and no longer fits the tool's output schema",
            plugin: 'mcpplugins',
            hook: 'tool_post_invoke',
          },
        },
      },
    });
    expect(logged.join('\n')).toContain('the tool "lookup", which no longer fits');
    expect(logged.join('\n')).not.toContain('[masked]');
  });

  it('is not checked where the tool has no output schema, or the result is an error', async () => {
    const { call } = await listed('[masked]');
    expect(await call('free', result)).toMatchObject({ result: { structuredContent: { age: '[masked]' } } });
    expect(await call('lookup', { ...result, isError: true })).toMatchObject({
      result: { isError: true, structuredContent: { age: '[masked]' } },
    });
  });
});
