import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/net/address.js';
import { compileHostRules } from '../../src/net/host-rules.js';

function matches(entries: readonly string[], host: string, withSubdomains = true): boolean {
  return compileHostRules(entries, { withSubdomains }).matchesHost(host, parseAddress(host));
}

describe('compileHostRules', () => {
  it.each([
    ['example.com', 'example.com', true],
    ['example.com', 'a.b.example.com', true],
    ['example.com', 'badexample.com', false],
    ['example.com', 'example.com.evil.org', false],
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'example.com', false],
    ['EXAMPLE.com.', 'example.com', true],
    ['bücher.example', 'xn--bcher-kva.example', true],
    ['10.0.0.0/8', '10.9.8.7', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', '64:ff9b::a00:1', true],
    ['10.0.0.0/8', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8::5', true],
    ['[::1]', '::1', true],
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['0x7f.1', '127.0.0.1', true],
  ])('%s against %s: %s', (entry, host, expected) => expect(matches([entry], host)).toBe(expected));

  it('keeps a name to itself without subdomains', () => {
    expect(matches(['example.com'], 'example.com', false)).toBe(true);
    expect(matches(['example.com'], 'a.example.com', false)).toBe(false);
    expect(matches(['*.example.com'], 'a.example.com', false)).toBe(true);
  });

  it.each([
    'https://example.com',
    'example.com:80',
    'user@example.com',
    '*',
    'a.*.com',
    '10.0.0.0/33',
    'a/b',
    '',
    'a b',
    '*.',
  ])('refuses the entry %j', (entry) =>
    expect(() => compileHostRules([entry], { withSubdomains: true })).toThrowError(
      expect.objectContaining({
        code: 'HOST_RULE_INVALID',
        message: expect.stringContaining(JSON.stringify(entry)),
      }),
    ),
  );
});
