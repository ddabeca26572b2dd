import { describe, expect, it } from 'vitest';
import { createPiiEngine } from '../../src/index.js';
import { context, createFilter, maskArgs, maskText } from '../support/plugin.js';

// Each of these went wrong in ContextForge's PII filter up to 0.9.
describe('what the Python filter got wrong', () => {
  it('does not splice overlapping finds into one another', () => {
    expect(maskText('card 4111 1111 1111 1111')).toBe('card ****-****-****-1111');
    expect(maskText('SSN: 123-45-6789 mail john@example.com')).toBe(
      'SSN: XXX-XX-6789 mail j***n@example.com',
    );
  });

  it('does not take nine digits without a label for an SSN', () => {
    expect(maskText('id 123456789')).toBe('id 123456789');
  });

  it('does not take a number of an order for an account or telephone', () => {
    expect(maskText('order 12345678 shipped')).toBe('order 12345678 shipped');
  });

  it('does not take a commit for an AWS key', () => {
    const commit = 'commit 3f786850e387550fdab836ed7e6dc881de23001b';
    expect(maskText(commit, { detect_aws_keys: true })).toBe(commit);
  });

  it('obeys default_mask_strategy for built-in types', () => {
    expect(maskText('SSN 123-45-6789', { default_mask_strategy: 'redact' })).toBe('SSN [REDACTED]');
    expect(maskText('SSN 123-45-6789', { default_mask_strategy: 'remove' })).toBe('SSN ');
  });

  it('masks nested values and not only counts them', () => {
    const args = { level: { list: ['SSN 123-45-6789'] } };
    expect(maskArgs({}, args)).toEqual({ level: { list: ['SSN XXX-XX-6789'] } });
  });

  it('lets no more through by a whitelist than whole values', () => {
    const config = { whitelist_patterns: ['test@example.com'] };
    const text = 'test@example.com latest@example.com test@exampleXcom.org test@example.com.evil.org';
    expect(maskText(text, config)).toBe(
      'test@example.com l***t@example.com t***t@exampleXcom.org t***t@example.com.evil.org',
    );
  });

  it('masks a result that is a list', () => {
    const result = { content: [], structuredContent: ['SSN 123-45-6789'] };
    const answer = createFilter().hooks.tool_post_invoke({ name: 't', result }, context);
    expect(answer?.modifiedPayload?.result).toEqual({ content: [], structuredContent: ['SSN XXX-XX-6789'] });
  });

  it('refuses what a prompt brings back as well', () => {
    const result = { messages: [{ role: 'user', content: { type: 'text', text: 'SSN 123-45-6789' } }] };
    const answer = createFilter({ block_on_detection: true }).hooks.prompt_post_fetch(
      { name: 'p', result },
      context,
    );
    expect(answer?.violation?.code).toBe('PII_DETECTED');
  });

  it('does not take any integer for an international telephone number', () => {
    expect(createPiiEngine().scan('7 42 1234567890123 2024 pages 100 200')).toEqual([]);
  });

  it('finds cards of American Express and Diners, and none with a bad check digit', () => {
    expect(maskText('378282246310005 and 30569309025904')).toBe(
      '****-****-****-0005 and ****-****-****-5904',
    );
    expect(maskText('card 4111 1111 1111 1112')).toBe('card 4111 1111 1111 1112');
  });
});
