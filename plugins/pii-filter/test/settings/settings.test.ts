import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPiiEngine, piiFilterSettings, piiTypes } from '../../src/index.js';
import { createFilter, maskText } from '../support/plugin.js';

const samples: Readonly<Record<string, string>> = {
  ssn: '219-45-6789',
  bsn: 'BSN 111222333',
  credit_card: '4111111111111111',
  email: 'john@example.com',
  phone: '+1 312-515-2239',
  ip_address: '10.0.0.1',
  date_of_birth: 'DOB 12/31/1984',
  passport: 'passport X1234567',
  driver_license: "driver's license F162823540116",
  bank_account: 'DE89370400440532013000',
  medical_record: 'MRN 00123456',
};

describe('detect_ flags', () => {
  it.each(Object.entries(samples))('switch %s off and on', (type, text) => {
    expect(maskText(text, { [`detect_${type}`]: false })).toBe(text);
    expect(maskText(text)).not.toBe(text);
  });

  it('switch credentials on', () => {
    const key = 'AKIAIOSFODNN7EXAMPLE';
    expect(maskText(key)).toBe(key);
    expect(maskText(key, { detect_aws_keys: true })).toBe('[REDACTED]');
    const header = 'X-API-Key: sk_live_abcdef1234567890';
    expect(maskText(header)).toBe(header);
    expect(maskText(header, { detect_api_keys: true })).toBe('X-API-Key: [REDACTED]');
  });
});

describe('settings', () => {
  it('look for the types of pii_types only', () => {
    expect(maskText('219-45-6789 john@example.com', { pii_types: ['email'] })).toBe(
      '219-45-6789 j***n@example.com',
    );
  });

  it('take the names of strategies in the specification', () => {
    expect(maskText('219-45-6789', { masking_strategy: 'full' })).toBe('[REDACTED]');
    expect(maskText('219-45-6789', { masking_strategy: 'token', key: 'a key of many letters' })).toMatch(
      /^\[TOKEN:SSN:/,
    );
  });

  it('take a text for redactions', () => {
    expect(maskText('219-45-6789', { mask_strategy: 'redact', redaction_text: '█' })).toBe('█');
  });

  it('drop finds below min_score, and more of them at a lower sensitivity', () => {
    expect(maskText('call 312-515-2239', { min_score: 0.95 })).toBe('call 312-515-2239');
    expect(maskText('on 312-515-2239', { detection_sensitivity: 0.3 })).toBe('on 312-515-2239');
    expect(maskText('on 312-515-2239', { detection_sensitivity: 0.8 })).toBe('on ***-***-2239');
    expect(maskText('on 312-515-2239', { types: { phone: { min_score: 0.9 } } })).toBe('on 312-515-2239');
  });

  it('let whole values through, whatever their case and separators', () => {
    const config = { whitelist: ['support@example.com', '4111 1111 1111 1111'] };
    expect(maskText('Support@Example.com or 4111-1111-1111-1111', config)).toBe(
      'Support@Example.com or 4111-1111-1111-1111',
    );
    expect(maskText('xsupport@example.com', config)).toBe('x***t@example.com');
  });

  it('let patterns of whole values through', () => {
    const config = { whitelist_patterns: [String.raw`.*@example\.com`, String.raw`10\.0\..*`] };
    expect(maskText('a.b@example.com a.b@example.org 10.0.3.4 10.1.3.4', config)).toBe(
      'a.b@example.com a***b@example.org 10.0.3.4 10.1.*.*',
    );
  });

  it('find patterns of the user, in linear time, each with its strategy', () => {
    const config = {
      custom_patterns: [
        { type: 'employee', pattern: String.raw`\bEMP\d{6}\b`, mask_strategy: 'redact' },
        { pattern: '(a+)+b' },
        { pattern: 'never', enabled: false },
      ],
    };
    expect(maskText('emp123456, ＥＭＰ１２３４５６, never', config)).toBe('[REDACTED], [REDACTED], never');
    expect(maskText('a'.repeat(20_000), config)).toBe('a'.repeat(20_000));
  });

  it('refuse a text that is too long instead of passing it over', () => {
    expect(() => maskText('x'.repeat(11), { max_text_bytes: 10 })).toThrow(
      expect.objectContaining({ code: 'CONTENT_TOO_LARGE' }),
    );
    expect(() => maskText('x'.repeat(11), { max_content_length: 10 })).toThrow(
      expect.objectContaining({ code: 'CONTENT_TOO_LARGE' }),
    );
  });

  it.each([
    [{ mask_strategy: 'encrypt' }, 'mask_strategy'],
    [{ detect_sns: true }, 'detect_sns'],
    [{ key: 'short' }, 'key'],
    [{ locales: ['xx'] }, 'locales.0'],
    [{ min_score: 2 }, 'min_score'],
    [{ pii_types: ['emial'] }, 'did you mean "email"?'],
    [
      { types: { credit_crad: { action: 'block' } } },
      'types.credit_crad: there is no type "credit_crad"; did you mean "credit_card"?',
    ],
    [
      {
        fields: [
          { path: 'args..x', action: 'mask' },
          { path: '', action: 'mask' },
        ],
      },
      'fields.1.path',
    ],
    [{ fields: [{ path: 'a', action: 'mask', types: ['phon'] }] }, 'fields.0.types.0'],
    [{ custom_patterns: [{ pattern: '(?<=a)b' }] }, 'custom_patterns.0.pattern'],
    [{ whitelist_patterns: ['('] }, 'whitelist_patterns.0'],
    [
      { mask_strategy: 'redact', default_mask_strategy: 'hash' },
      'default_mask_strategy: says another strategy',
    ],
  ])('refuse %j and say where', (config, message) => {
    expect(() => createFilter(config)).toThrow(
      expect.objectContaining({ code: 'PLUGIN_SETTINGS_INVALID', message: expect.stringContaining(message) }),
    );
  });

  it('can be published as JSON Schema', () => {
    const schema = z.toJSONSchema(piiFilterSettings, { io: 'input' });
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(schema.properties ?? {})).toContain('mask_strategy');
  });

  it('know every type that a pack has', () => {
    expect(piiTypes).toEqual(expect.arrayContaining(['email', 'ssn', 'de_tax_id', 'fr_nir', 'aws_key']));
    expect(() => createPiiEngine({ pii_types: [...piiTypes] })).not.toThrow();
  });
});
