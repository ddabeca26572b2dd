import { describe, expect, it } from 'vitest';
import { createPiiEngine } from '../../src/index.js';

const engine = createPiiEngine();

describe('PiiEngine', () => {
  it('scans exactly what it masks', () => {
    const text = 'mail john@example.com, SSN 219-45-6789';
    const { text: masked, findings } = engine.mask(text);
    expect(masked).toBe('mail j***n@example.com, SSN XXX-XX-6789');
    expect(engine.scan(text)).toEqual(findings);
    expect(findings.map(({ start, end }) => text.slice(start, end))).toEqual([
      'john@example.com',
      '219-45-6789',
    ]);
  });

  it('takes the name of a text for a label before it', () => {
    expect(engine.scan('219456789', { label: 'employeeSSN' })).toMatchObject([{ type: 'ssn' }]);
    expect(engine.scan('219456789', { label: 'social_security_number' })).toMatchObject([{ type: 'ssn' }]);
    expect(engine.scan('219456789', { label: 'count' })).toEqual([]);
    expect(engine.scan('5551234567', { label: 'order_id' })).toEqual([]);
  });

  it('is led by the nearest label', () => {
    const found = engine
      .scan('SSN 219456789, account number 987654321012, order 555666777')
      .map(({ type }) => type);
    expect(found).toEqual(['ssn', 'bank_account']);
  });

  it('masks a whole group of overlapping finds', () => {
    const { text, findings } = engine.mask('card 4111 1111 1111 1111@example.com');
    expect(findings).toHaveLength(1);
    expect(text).not.toMatch(/4111|1111 1/);
  });

  it('leaves finds that a decision leaves and takes a strategy from one', () => {
    const text = 'john@example.com 219-45-6789 10.0.0.1';
    const masked = engine.mask(text, {
      decide: (type) => (type === 'email' ? 'leave' : type === 'ssn' ? { strategy: 'redact' } : 'mask'),
    });
    expect(masked.text).toBe('john@example.com [REDACTED] 10.0.*.*');
    expect(masked.findings).toHaveLength(3);
  });

  it('hides a value that a mask would show', () => {
    expect(engine.mask('x@AB123456C.example').text).not.toContain('AB123456C');
  });

  it('takes marks along with the character that they are on', () => {
    expect(engine.mask('SSN 219-45-6789\u0332!').text).toBe('SSN XXX-XX-6789!');
  });
});
