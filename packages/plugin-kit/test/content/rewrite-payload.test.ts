import { describe, expect, it } from 'vitest';
import { rewritePayload } from '../../src/index.js';

const mask = { text: (text: string) => text.replaceAll('secret', '***') };

describe('rewritePayload', () => {
  it.each([
    ['prompt_pre_fetch', { name: 'secret', args: { a: 'secret' } }, { name: 'secret', args: { a: '***' } }],
    [
      'tool_pre_invoke',
      { name: 'secret', args: { a: ['secret'] }, headers: { a: 'secret' } },
      { name: 'secret', args: { a: ['***'] }, headers: { a: 'secret' } },
    ],
    [
      'resource_pre_fetch',
      { uri: 'secret:', metadata: { a: 'secret' } },
      { uri: 'secret:', metadata: { a: '***' } },
    ],
    [
      'prompt_post_fetch',
      { name: 'p', result: { messages: [{ role: 'user', content: { type: 'text', text: 'secret' } }] } },
      { name: 'p', result: { messages: [{ role: 'user', content: { type: 'text', text: '***' } }] } },
    ],
    [
      'tool_post_invoke',
      {
        name: 't',
        result: { content: [{ type: 'text', text: 'secret' }], structuredContent: { a: 'secret' } },
      },
      { name: 't', result: { content: [{ type: 'text', text: '***' }], structuredContent: { a: '***' } } },
    ],
    [
      'resource_post_fetch',
      { uri: 'u:', content: { contents: [{ uri: 'secret:', text: 'secret' }] } },
      { uri: 'u:', content: { contents: [{ uri: '***:', text: '***' }] } },
    ],
    [
      'tool_post_invoke',
      { name: 't', error: { code: -1, message: 'secret', data: { a: 'secret' } } },
      { name: 't', error: { code: -1, message: '***', data: { a: '***' } } },
    ],
    [
      'sampling_pre_create',
      {
        params: {
          messages: [{ role: 'user', content: { type: 'text', text: 'secret' } }],
          systemPrompt: 'secret',
        },
      },
      {
        params: { messages: [{ role: 'user', content: { type: 'text', text: '***' } }], systemPrompt: '***' },
      },
    ],
    [
      'sampling_post_complete',
      { result: { role: 'assistant', model: 'm', content: [{ type: 'text', text: 'secret' }] } },
      { result: { role: 'assistant', model: 'm', content: [{ type: 'text', text: '***' }] } },
    ],
    [
      'elicitation_pre_create',
      { params: { message: 'secret?', requestedSchema: { properties: { a: { title: 'secret' } } } } },
      { params: { message: '***?', requestedSchema: { properties: { a: { title: '***' } } } } },
    ],
    [
      'elicitation_post_response',
      { result: { action: 'accept', content: { a: 'secret' } } },
      { result: { action: 'accept', content: { a: '***' } } },
    ],
    [
      'agent_pre_invoke',
      { agentId: 'secret', messages: [{ role: 'user', content: 'secret' }], parameters: { a: 'secret' } },
      { agentId: 'secret', messages: [{ role: 'user', content: '***' }], parameters: { a: '***' } },
    ],
    [
      'agent_post_invoke',
      { agentId: 'secret', messages: [], toolCalls: [{ name: 't', arguments: 'secret' }] },
      { agentId: 'secret', messages: [], toolCalls: [{ name: 't', arguments: '***' }] },
    ],
    ['my_hook', { anything: { goes: 'secret' } }, { anything: { goes: '***' } }],
  ])('rewrites what plugins may change on %s', (hook, payload, expected) => {
    expect(rewritePayload(hook, payload, mask)).toEqual(expected);
  });

  it('returns the payload itself when nothing changes', () => {
    const payload = { name: 't', args: { a: 'clean', b: [1, 'x'] } };
    expect(rewritePayload('tool_pre_invoke', payload, mask)).toBe(payload);
  });

  it('rewrites headers on request', () => {
    const payload = { name: 't', args: {}, headers: { cookie: 'secret' } };
    expect(rewritePayload('tool_pre_invoke', payload, mask, { headers: true })).toEqual({
      name: 't',
      args: {},
      headers: { cookie: '***' },
    });
  });

  it('shows the target on request, and drops what a visitor makes of it', () => {
    const seen: unknown[] = [];
    const payload = { uri: 'secret:', metadata: { a: 'b' } };
    const rewritten = rewritePayload(
      'resource_pre_fetch',
      payload,
      {
        text: (text, place) => {
          seen.push([text, place.pointer, place.role, place.writable]);
          return `${text}!`;
        },
      },
      { target: true },
    );
    expect(seen).toEqual([
      ['secret:', '/uri', 'target', false],
      ['b', '/metadata/a', 'value', true],
    ]);
    expect(rewritten).toEqual({ uri: 'secret:', metadata: { a: 'b!' } });
  });

  it('does not take a hook name from the prototype', () => {
    expect(rewritePayload('constructor', { a: 'secret' }, mask)).toEqual({ a: '***' });
  });
});
