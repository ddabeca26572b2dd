import { describe, expect, it } from 'vitest';
import { parseAddress, specialRangeOf } from '../../src/net/address.js';

const rangeOf = (text: string): string | undefined => {
  const address = parseAddress(text);
  return address === undefined ? 'no address' : (specialRangeOf(address) ?? 'public');
};

describe('specialRangeOf', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['127.8.8.8', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.0.1', 'private'],
    ['169.254.169.254', 'linkLocal'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['100.128.0.0', 'public'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['192.0.2.1', 'reserved'],
    ['::1', 'loopback'],
    ['::', 'unspecified'],
    ['fe80::1', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fd00::1', 'uniqueLocal'],
    ['ff02::1', 'multicast'],
  ])('%s is %s', (text, range) => expect(rangeOf(text)).toBe(range));

  it.each([
    ['IPv4-mapped', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
    ['IPv4-mapped, in hexadecimal', '::ffff:a00:1', '::ffff:808:808'],
    ['NAT64', '64:ff9b::10.0.0.1', '64:ff9b::8.8.8.8'],
    ['6to4', '2002:a00:1::', '2002:808:808::'],
  ])('judges an %s address by the IPv4 address in it', (_kind, inside, outside) => {
    expect(rangeOf(inside)).toBe('private');
    expect(rangeOf(outside)).toBe('public');
  });

  it.each(['::127.0.0.1', '::8.8.8.8', '64:ff9b:1::8.8.8.8', '2001:0:808:808::1'])(
    'does not take %s for public: nothing should use such addresses any more',
    (text) => expect(rangeOf(text)).not.toBe('public'),
  );
});

describe('parseAddress', () => {
  it('gives different spellings of an address one text', () => {
    const texts = ['::FFFF:127.0.0.1', '[::ffff:7f00:1]', '127.0.0.1'].map(
      (text) => parseAddress(text)?.text,
    );
    expect(new Set(texts)).toEqual(new Set(['127.0.0.1']));
  });

  it.each(['example.com', '127.1', '0177.0.0.1', '2130706433', '', '1.2.3.4.5'])(
    'reads no address in %j',
    (text) => expect(parseAddress(text)).toBeUndefined(),
  );
});
