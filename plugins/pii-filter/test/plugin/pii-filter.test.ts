import { createPluginContext, FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import PiiFilter from '../../src/index.js';

const context = createPluginContext({ requestId: 'test-123' });

function create(config: Record<string, unknown> = {}): PiiFilter {
  return new PiiFilter({ name: 'pii', kind: '@mcpplugins/plugin-pii-filter', config });
}

describe('PiiFilter', () => {
  it("passes the specification's own test", () => {
    const plugin = new PiiFilter({
      name: 'test_pii',
      kind: 'plugins.pii_filter.pii_filter.PIIFilterPlugin',
      hooks: ['prompt_pre_fetch'],
      config: { detect_ssn: true, mask_strategy: 'partial' },
    });
    const payload = { name: 'test', args: { user_input: 'My SSN is 123-45-6789' } };
    const result = plugin.hooks.prompt_pre_fetch(payload, context);
    expect(result?.continueProcessing).toBe(true);
    expect(result?.modifiedPayload?.args['user_input']).toContain('XXX-XX-6789');
    expect(result?.metadata).toMatchObject({ pii_detections: 1 });
  });

  it('says nothing about a clean payload', () => {
    expect(create().hooks.tool_pre_invoke({ name: 't', args: { a: 'clean' } }, context)).toBeUndefined();
  });

  it('masks nested arguments, numbers and names', () => {
    const args = {
      deep: [{ note: 'mail john@example.com' }],
      card: 4111111111111111,
      'jane@example.com': true,
    };
    const result = create().hooks.tool_pre_invoke({ name: 't', args }, context);
    expect(result?.modifiedPayload).toEqual({
      name: 't',
      args: { deep: [{ note: 'mail j***n@example.com' }], card: 0, 'j***e@example.com': true },
    });
  });

  it('masks every text of a tool result: blocks, embedded resources, structuredContent', () => {
    const blob = Buffer.from('ssn 123-45-6789').toString('base64');
    const result = {
      content: [
        { type: 'text', text: 'SSN 123-45-6789' },
        { type: 'resource', resource: { uri: 'file:///a', text: '{"mail":"john@example.com"}' } },
        { type: 'resource', resource: { uri: 'file:///b', blob } },
      ],
      structuredContent: { ssn: '123456789', list: ['192.168.1.1'] },
    };
    const answer = create().hooks.tool_post_invoke({ name: 't', result }, context);
    expect(answer?.modifiedPayload?.result).toEqual({
      content: [
        { type: 'text', text: 'SSN XXX-XX-6789' },
        { type: 'resource', resource: { uri: 'file:///a', text: '{"mail":"j***n@example.com"}' } },
        {
          type: 'resource',
          resource: { uri: 'file:///b', blob: Buffer.from('ssn XXX-XX-6789').toString('base64') },
        },
      ],
      structuredContent: { ssn: 'XXX-XX-6789', list: ['192.168.*.*'] },
    });
  });

  it.each([
    [
      'prompt_post_fetch',
      {
        name: 'p',
        result: { messages: [{ role: 'user', content: { type: 'text', text: 'john@example.com' } }] },
      },
    ],
    ['resource_pre_fetch', { uri: 'file:///a', metadata: { owner: 'john@example.com' } }],
    [
      'resource_post_fetch',
      { uri: 'file:///a', content: { contents: [{ uri: 'file:///a', text: 'john@example.com' }] } },
    ],
    ['tool_post_invoke', { name: 't', error: { code: -1, message: 'no account for john@example.com' } }],
  ] as const)('masks on %s', (hook, payload) => {
    const handler = create().hooks[hook] as (payload: object, pluginContext: typeof context) => unknown;
    const result = JSON.stringify(handler(payload, context));
    expect(result).toContain('j***n@example.com');
    expect(result).not.toContain('john@example.com');
  });

  it('refuses with block_on_detection, and names field and types but no value', () => {
    const plugin = create({ block_on_detection: true });
    const args = { user_input: 'My SSN is 123-45-6789', other: 'x' };
    const result = plugin.hooks.prompt_pre_fetch({ name: 'p', args }, context);
    expect(result).toEqual({
      continueProcessing: false,
      violation: {
        code: 'PII_DETECTED',
        reason: 'PII detected in prompt arguments',
        details: { field: 'user_input', types: ['ssn'], count: 1 },
      },
      metadata: {
        pii_detections: 1,
        pii_filter: {
          stage: 'prompt_pre_fetch',
          total_detections: 1,
          total_masked: 0,
          detection_types: ['ssn'],
        },
      },
    });
  });

  it('refuses a setting that it does not know', () => {
    expect(() => create({ detect_sns: true })).toThrow(
      expect.objectContaining({ code: 'PLUGIN_SETTINGS_INVALID' }),
    );
  });

  it('refuses a pattern that cannot be matched in linear time', () => {
    let error: unknown;
    try {
      create({ whitelist_patterns: ['(?=a)b'] });
    } catch (caught) {
      error = caught;
    }
    expect(FrameworkError.is(error, 'PLUGIN_SETTINGS_INVALID') && error.message).toContain(
      'whitelist_patterns.0',
    );
  });
});
