import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { describe, expect, it } from 'vitest';
import { gatewayHooks, hookPoints } from '../../src/hook-points/hook-points.js';

const contracts = new Map(builtInContracts.map((contract) => [contract.name, contract]));

describe('the table of hook points', () => {
  it('has each method of one side once', () => {
    const rows = hookPoints.map(({ from, method }) => `${from} ${method}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it.each(hookPoints)('names hooks that fit: $method', ({ pre, post }) => {
    expect(contracts.get(post)).toMatchObject({ phase: 'post', pair: pre });
    expect(pre === undefined ? undefined : contracts.get(pre)?.pair).toBe(
      pre === undefined ? undefined : post,
    );
  });

  it('is what the gateway says that it fires', () => {
    expect(gatewayHooks.toSorted()).toEqual([
      'completion_post_complete',
      'completion_pre_complete',
      'elicitation_post_response',
      'elicitation_pre_create',
      'notification_pre_send',
      'prompt_post_fetch',
      'prompt_post_list',
      'prompt_pre_fetch',
      'resource_post_fetch',
      'resource_post_list',
      'resource_pre_fetch',
      'roots_post_list',
      'sampling_post_complete',
      'sampling_pre_create',
      'tool_post_invoke',
      'tool_post_list',
      'tool_pre_invoke',
    ]);
  });

  it.each([
    ['tools/call', { name: 't', arguments: { a: 1 }, other: 1 }, { name: 't', args: { a: 1 } }],
    ['prompts/get', { name: 'p', arguments: { a: 'x' }, other: 1 }, { name: 'p', args: { a: 'x' } }],
    ['resources/read', { uri: 'u', _meta: { a: 1 }, other: 1 }, { uri: 'u', metadata: { a: 1 } }],
  ])('reads and writes the params of %s without loss', (method, params, payload) => {
    const point = hookPoints.find((row) => row.method === method);
    expect(point?.open(params).paramsOf(payload)).toEqual(params);
  });

  it.each([
    ['tools/call', { name: 't' }, { name: 't', result: { a: 1 } }],
    ['prompts/get', { name: 'p' }, { name: 'p', result: { a: 1 } }],
    ['resources/read', { uri: 'u' }, { uri: 'u', content: { a: 1 } }],
  ])('reads and writes the answer of %s without loss', (method, params, payload) => {
    const point = hookPoints.find((row) => row.method === method);
    expect(point?.open(params).answerOf(payload)).toEqual({ result: { a: 1 } });
    const error = { code: 1, message: 'm' };
    expect(point?.open(params).answerOf({ ...params, error })).toEqual({ error });
  });
});
