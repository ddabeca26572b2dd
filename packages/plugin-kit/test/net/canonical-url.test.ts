import { describe, expect, it } from 'vitest';
import { parseCanonicalUrl, schemeOfInvalidLabel } from '../../src/net/canonical-url.js';

const hostOf = (text: string): string | undefined => parseCanonicalUrl(text)?.host;

describe('parseCanonicalUrl', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1./',
    'http://%31%32%37.0.0.1/',
    'http://１２７.0.0.1/',
    'http://127。0。0。1/',
    'http:\\\\127.0.0.1\\x',
    'http:127.0.0.1',
    'ht\ttp://127.0.0.1/',
    'http://evil.example@127.0.0.1:80/',
    'http://127.0.0.1../',
  ])('sees through %j', (text) => expect(parseCanonicalUrl(text)?.address?.text).toBe('127.0.0.1'));

  it.each([
    ['https://EXAMPLE.com.:8443/x', 'example.com'],
    ['https://ex%61mple.com/', 'example.com'],
    ['https://ex\u00adample.com/', 'example.com'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['https://[2001:DB8::1]/', '2001:db8::1'],
  ])('puts the host of %j into one form', (text, host) => expect(hostOf(text)).toBe(host));

  it.each([
    ['test://EVIL.com./x', 'evil.com'],
    ['test://evil%2Ecom/x', 'evil.com'],
    ['test://evil。com/x', 'evil.com'],
    ['test://[::1]/x', '::1'],
    ['time:now', ''],
    ['urn:isbn:0451450523', ''],
  ])('does so for other schemes as well: %j', (text, host) => expect(hostOf(text)).toBe(host));

  it('takes a bare number after another scheme for a name', () => {
    expect(parseCanonicalUrl('ticket://2130706433/')).toMatchObject({
      host: '2130706433',
      address: undefined,
    });
    expect(parseCanonicalUrl('ticket://127.0.0.1/')?.address?.text).toBe('127.0.0.1');
  });

  it.each(['', 'not-a-uri', '//example.com/x', 'http://', 'http://a b/', 'http://1.2.3.256/'])(
    'has nothing to say of %j',
    (text) => expect(parseCanonicalUrl(text)).toBeUndefined(),
  );
});

describe('schemeOfInvalidLabel', () => {
  it('reads the scheme when the label is all that is wrong', () => {
    expect(schemeOfInvalidLabel('file://xn--/p')).toBe('file');
    expect(schemeOfInvalidLabel('file://xn--:x/p')).toBeUndefined();
    expect(schemeOfInvalidLabel('http://a b/')).toBeUndefined();
  });
});
