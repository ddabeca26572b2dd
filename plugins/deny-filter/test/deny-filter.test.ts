import { createPluginContext, type Logger, silentLogger } from '@mcpplugins/framework-core';
import { describe, expect, it, vi } from 'vitest';
import DenyFilter from '../src/index.js';

const context = createPluginContext({ requestId: 'test' });

function create(config: Record<string, unknown>): DenyFilter {
  return new DenyFilter({ name: 'deny', kind: '@mcpplugins/plugin-deny-filter', config });
}

function call(config: Record<string, unknown>, text: string) {
  return create(config).hooks.tool_pre_invoke({ name: 'echo', args: { text } }, context);
}

describe('DenyFilter', () => {
  it('lets through what mentions no word of the list', () => {
    expect(call({ words: ['secret'] }, 'all fine')).toBeUndefined();
  });

  it.each([
    ['prompt_pre_fetch', { name: 'p', args: { a: 'a SECRET b' } }, 'Prompt not allowed', '/args/a'],
    ['prompt_pre_fetch', { name: 'secret', args: {} }, 'Prompt not allowed', '/name'],
    [
      'prompt_post_fetch',
      { name: 'p', result: { messages: [{ role: 'user', content: { type: 'text', text: 'secret' } }] } },
      'Prompt result not allowed',
      '/result/messages/0/content/text',
    ],
    [
      'tool_pre_invoke',
      { name: 't', args: { a: [{ b: 'secret' }] } },
      'Tool call not allowed',
      '/args/a/0/b',
    ],
    ['tool_pre_invoke', { name: 't', args: { secret: 1 } }, 'Tool call not allowed', '/args'],
    [
      'tool_post_invoke',
      { name: 't', result: { content: [], structuredContent: { a: '{"b":"secret"}' } } },
      'Tool result not allowed',
      '/result/structuredContent/a/b',
    ],
    ['resource_pre_fetch', { uri: 'file:///secret.txt' }, 'Resource not allowed', '/uri'],
    [
      'resource_post_fetch',
      { uri: 'a:b', content: { contents: [{ uri: 'a:b', text: 'secret' }] } },
      'Resource content not allowed',
      '/content/contents/0/text',
    ],
  ] as const)('refuses on %s: %j', (hook, payload, reason, place) => {
    const handler = create({ words: ['secret'] }).hooks[hook] as (
      payload: object,
      context: object,
    ) => unknown;
    expect(handler(payload, context)).toMatchObject({
      continueProcessing: false,
      violation: { code: 'DENY_LIST', reason, details: { rules: ['words.0'], places: [place] } },
    });
  });

  it('repeats neither the word nor the text in its answer or log', () => {
    const warn = vi.fn<Logger['warn']>();
    const logger = { ...silentLogger, warn };
    const plugin = create({ words: ['nightfall', 'canary-key'] });
    const answer = plugin.hooks.tool_pre_invoke(
      { name: 't', args: { 'canary-key': { a: 'about Nightfall, canary-text' } } },
      { ...context, logger },
    );
    expect(answer?.continueProcessing).toBe(false);
    const written = JSON.stringify([answer, warn.mock.calls]);
    expect(written).not.toMatch(/nightfall|canary/i);
    expect(answer?.violation?.details?.['places']).toEqual(['/args', '/args/*/a']);
  });

  it('finds a word inside of a longer one by default, and with whole_words only by itself', () => {
    expect(call({ words: ['class'] }, 'classical')?.continueProcessing).toBe(false);
    expect(call({ words: ['class'], whole_words: true }, 'classical')).toBeUndefined();
    expect(call({ words: ['class'], whole_words: true }, 'a class.')?.continueProcessing).toBe(false);
    expect(call({ words: ['c++'], whole_words: true }, 'c++17')?.continueProcessing).toBe(false);
  });

  it('takes words of scripts without spaces as whole anywhere', () => {
    expect(call({ words: ['秘密'], whole_words: true }, 'これは秘密です')?.continueProcessing).toBe(false);
    expect(call({ words: ['ลับ'], whole_words: true }, 'ความลับของ')?.continueProcessing).toBe(false);
  });

  it('does not see half of a word that ends in an accent as a whole word', () => {
    expect(call({ words: ['cafe'], whole_words: true }, 'cafe\u0301')).toBeUndefined();
  });

  it('redacts where a rule says so, in the text as it is written', () => {
    const config = { words: [{ word: 'straße', action: 'redact' }], redaction_text: '█' };
    expect(call(config, '😀 die STR\u00adASSE und Straße!')?.modifiedPayload?.args).toEqual({
      text: '😀 die █ und █!',
    });
  });

  it('redacts overlapping words as one', () => {
    const config = { words: ['abc', 'bcd'], action: 'redact', redaction_text: '*' };
    expect(call(config, 'xabcdx')?.modifiedPayload?.args).toEqual({ text: 'x*x' });
  });

  it('refuses what should be redacted and cannot be: the name of the target', () => {
    const plugin = create({ words: ['secret'], action: 'redact' });
    expect(plugin.hooks.tool_pre_invoke({ name: 'secret', args: {} }, context)?.continueProcessing).toBe(
      false,
    );
  });

  it('only reports with action warn', () => {
    expect(call({ words: [{ word: 'darn', action: 'warn', category: 'manners' }] }, 'darn')).toEqual({
      continueProcessing: true,
      metadata: { deny_filter: { rules: ['words.0'], categories: ['manners'] } },
    });
  });

  it('takes a block of one rule over a redaction of another', () => {
    const config = { words: [{ word: 'soft', action: 'redact' }, 'hard'] };
    expect(call(config, 'soft and hard')?.continueProcessing).toBe(false);
  });

  it('matches patterns in linear time', () => {
    const config = { patterns: [{ pattern: 'a+b$' }] };
    expect(call(config, 'xAAb')?.continueProcessing).toBe(false);
    expect(call({ patterns: [{ pattern: '^(a+)+$' }] }, `${'a'.repeat(20_000)}!`)).toBeUndefined();
  });

  it('redacts matches of patterns', () => {
    const config = { patterns: [{ pattern: String.raw`PRJ-\d+`, action: 'redact' }] };
    expect(call(config, 'see prj-12 and PRJ-3')?.modifiedPayload?.args).toEqual({
      text: 'see [REDACTED] and [REDACTED]',
    });
  });

  it('answers with the violation code of the settings', () => {
    expect(call({ words: ['a'], violation_code: 'deny' }, 'a')?.violation?.code).toBe('deny');
  });

  it('does not take media types and protocol words for text', () => {
    const plugin = create({ words: ['image', 'text', 'user'] });
    const result = {
      content: [
        { type: 'image', mimeType: 'image/png', data: 'iVBORw0KGgo=' },
        { type: 'text', text: '' },
      ],
    };
    expect(plugin.hooks.tool_post_invoke({ name: 't', result }, context)).toBeUndefined();
  });

  it.each([
    [{}, 'denies nothing'],
    [{ words: [''] }, 'words.0'],
    [{ words: ['\u200b '] }, 'words.0'],
    [{ patterns: [{ pattern: '(?!a)' }] }, 'patterns.0.pattern'],
    [{ words: ['a'], whole_word: true }, 'whole_word'],
  ])('refuses the settings %j and says where', (config, message) => {
    expect(() => create(config)).toThrow(
      expect.objectContaining({ code: 'PLUGIN_SETTINGS_INVALID', message: expect.stringContaining(message) }),
    );
  });
});
