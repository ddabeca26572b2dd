import { describe, expect, it } from 'vitest';
import { compilePath, isFieldPath } from '../../src/settings/field-path.js';
import { context, createFilter, maskArgs } from '../support/plugin.js';

describe('compilePath', () => {
  it.each([
    ['args.user.email', ['args', 'user', 'email'], true],
    ['$.args.user.email', ['args', 'user', 'email'], true],
    ['args.user', ['args', 'user', 'email'], false],
    ['args.*.email', ['args', 'user', 'email'], true],
    ['args.*.email', ['args', 'email'], false],
    ['args.**.email', ['args', 'email'], true],
    ['args.**.email', ['args', 'a', 0, 'b', 'email'], true],
    ['args.**', ['args', 'a', 0], true],
    ['result.content[*].text', ['result', 'content', 3, 'text'], true],
    ['result.content[0].text', ['result', 'content', 3, 'text'], false],
    ['args["odd.name"]', ['args', 'odd.name'], true],
  ])('%s against %j: %s', (path, segments, expected) => {
    expect([isFieldPath(path), compilePath(path)(segments)]).toEqual([true, expected]);
  });

  it('decides about a deep place and many wildcards in bounded time', () => {
    const path = compilePath(`${'**.a.'.repeat(12)}x`);
    expect(path(Array.from({ length: 200 }, () => 'a'))).toBe(false);
  });
});

describe('fields', () => {
  const args = { a: 'john@example.com', b: 'john@example.com and 219-45-6789' };

  it('are decided by the first rule that fits', () => {
    const fields = [
      { path: 'args.a', action: 'allow' },
      { path: 'args.*', action: 'mask', types: ['email'], mask_strategy: 'redact' },
    ];
    expect(maskArgs({ fields }, args)).toEqual({ a: 'john@example.com', b: '[REDACTED] and XXX-XX-6789' });
  });

  it('count without masking under report', () => {
    const plugin = createFilter({ fields: [{ path: 'args.**', action: 'report' }] });
    expect(plugin.hooks.tool_pre_invoke({ name: 't', args }, context)).toEqual({
      continueProcessing: true,
      metadata: {
        pii_detections: 3,
        pii_filter: {
          stage: 'tool_pre_invoke',
          total_detections: 3,
          total_masked: 0,
          detection_types: ['email', 'ssn'],
        },
      },
    });
  });

  it('leave no trace under allow', () => {
    const plugin = createFilter({ fields: [{ path: 'args.**', action: 'allow' }] });
    expect(plugin.hooks.tool_pre_invoke({ name: 't', args }, context)).toBeUndefined();
  });

  it('hold for stated hooks and targets only', () => {
    const fields = [{ path: 'args.**', action: 'allow', hooks: ['tool_pre_invoke'], targets: ['crm'] }];
    const { hooks } = createFilter({ fields });
    const mail = { a: 'john@example.com' };
    const masked = { args: { a: 'j***n@example.com' } };
    expect(hooks.tool_pre_invoke({ name: 'crm', args: mail }, context)).toBeUndefined();
    expect(hooks.tool_pre_invoke({ name: 'other', args: mail }, context)?.modifiedPayload).toMatchObject(
      masked,
    );
    expect(hooks.prompt_pre_fetch({ name: 'crm', args: mail }, context)?.modifiedPayload).toMatchObject(
      masked,
    );
  });

  it('refuse one type and mask others', () => {
    const plugin = createFilter({ types: { ssn: { action: 'block' } } });
    const refused = plugin.hooks.tool_pre_invoke({ name: 't', args }, context);
    expect(refused?.violation?.details).toEqual({ field: 'b', types: ['ssn'], count: 1 });
    const masked = plugin.hooks.tool_pre_invoke({ name: 't', args: { a: args.a } }, context);
    expect(masked?.modifiedPayload?.args).toEqual({ a: 'j***n@example.com' });
  });

  it('see the target on request: it is refused or reported, never changed', () => {
    const payload = { uri: 'crm://user/john@example.com' };
    expect(createFilter().hooks.resource_pre_fetch(payload, context)).toBeUndefined();
    const reported = createFilter({ scan_target: true }).hooks.resource_pre_fetch(payload, context);
    expect(reported).toMatchObject({ continueProcessing: true, metadata: { pii_detections: 1 } });
    expect(reported?.modifiedPayload).toBeUndefined();
    const strict = createFilter({ scan_target: true, block_on_detection: true });
    expect(strict.hooks.resource_pre_fetch(payload, context)?.violation?.code).toBe('PII_DETECTED');
  });
});
