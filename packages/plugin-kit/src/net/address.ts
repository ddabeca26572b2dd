import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type ParsedAddress = ReturnType<typeof ipaddr.parse>;

/** An IP address in the form in which addresses are compared. */
export interface Address {
  /** Canonical text, without brackets and zone. */
  readonly text: string;
  readonly parsed: ParsedAddress;
  /** IPv4 address that NAT64 or 6to4 would send the packets to. */
  readonly embedded: ParsedAddress | undefined;
}

/** @see RFC 6052 section 2.1 */
const nat64 = ipaddr.parseCIDR('64:ff9b::/96');
/** IPv4-compatible addresses, which nothing should use any more. @see RFC 4291 section 2.5.5.1 */
const ipv4Compatible = ipaddr.parseCIDR('::/96');

/**
 * Reads an address as sockets and DNS write it (four decimal numbers, IPv6 with or without brackets and zone).
 * IPv4-mapped IPv6 becomes IPv4. Undefined for everything else; short, octal and hexadecimal IPv4 are the URL
 * parser's business.
 */
export function parseAddress(text: string): Address | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(bare) === 0) return undefined;
  // The URL parser takes `::1.2.3.4` for what it is; ipaddr.js takes it for an IPv4-mapped address.
  const canonical = bare.includes(':') ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare;
  const parsed = ipaddr.process(canonical);
  return { text: parsed.toString(), parsed, embedded: embeddedIpv4(parsed) };
}

function embeddedIpv4(address: ParsedAddress): ParsedAddress | undefined {
  if (address.kind() !== 'ipv6') return undefined;
  const bytes = address.toByteArray();
  if (address.match(nat64)) return ipaddr.fromByteArray(bytes.slice(12));
  return address.range() === '6to4' ? ipaddr.fromByteArray(bytes.slice(2, 6)) : undefined;
}

/**
 * The special range that an address is in, e.g. `loopback`, `private`, `linkLocal`, `carrierGradeNat`, `multicast`;
 * undefined for an address of the public internet. An IPv6 address that carries an IPv4 address is judged by it.
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries
 */
export function specialRangeOf(address: Address): string | undefined {
  const judged = address.embedded ?? address.parsed;
  const range = judged.range();
  if (range !== 'unicast') return range;
  return judged.kind() === 'ipv6' && judged.match(ipv4Compatible) ? 'ipv4Compatible' : undefined;
}
