import { describe, expect, it } from 'vitest';
import { partialMask } from '../../src/mask/partial-mask.js';

describe('partialMask', () => {
  it.each([
    ['ssn', '123-45-6789', 'XXX-XX-6789'],
    ['credit_card', '4111 1111 1111 1111', '****-****-****-1111'],
    ['credit_card', '378282246310005', '****-****-****-0005'],
    ['bsn', '111222333', '*****2333'],
    ['email', 'john.doe@example.com', 'j***e@example.com'],
    ['email', 'jd@example.com', '***@example.com'],
    ['email', '😀a😀@example.com', '😀***😀@example.com'],
    ['phone', '+1 (312) 515-2239', '***-***-2239'],
    ['phone', '312-515-2239 x12', '***-***-2239'],
    ['phone', '450 0840', '***-***-**40'],
    ['ip_address', '192.168.10.24', '192.168.*.*'],
    ['ip_address', '2001:db8::1', '2001:db8:*'],
    ['ip_address', '::1', '***'],
    ['bank_account', 'DE89 3704 0044 0532 0130 00', 'DE****************3000'],
    ['bank_account', '12345678', '********'],
    ['bank_account', '123456789012', '********9012'],
    ['date_of_birth', '15/06/1991', '1991-**-**'],
    ['date_of_birth', '1/2/90', '**-**-**'],
    ['passport', 'X1234567', 'X******7'],
    ['uk_trn', '99L99', '*****'],
  ])('of %s %j is %j', (type, value, masked) => {
    expect(partialMask(type, value, 'x')).toBe(masked);
  });

  it('writes an SSN in stars on request', () => {
    expect(partialMask('ssn', '123456789', 'stars')).toBe('***-**-6789');
  });

  it('shows less than half of a short value', () => {
    for (let length = 1; length < 12; length++) {
      const value = 'ABCDEFGHIJKL'.slice(0, length);
      const shown = partialMask('passport', value, 'x').replaceAll('*', '');
      expect(shown.length * 2).toBeLessThan(length);
    }
  });
});
