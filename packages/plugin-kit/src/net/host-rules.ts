import { FrameworkError } from '@mcpplugins/framework-core';
import ipaddr from 'ipaddr.js';
import { type Address, parseAddress } from './address.js';
import { parseCanonicalUrl } from './canonical-url.js';

/** A list of hosts, compiled. */
export interface HostRules {
  readonly isEmpty: boolean;
  /** Whether a canonical host name or the address that stands in its place is listed. */
  matchesHost(host: string, address: Address | undefined): boolean;
  /** Whether an address is listed, by itself or by its range. */
  matchesAddress(address: Address): boolean;
}

/** Options of `compileHostRules`. */
export interface HostRuleOptions {
  /** Whether `example.com` also means everything below it; `*.example.com` always means only what is below it. */
  readonly withSubdomains: boolean;
}

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/**
 * Compiles `example.com`, `*.example.com`, `10.1.2.3`, `[::1]`, `10.0.0.0/8`. Names may be written in any script and
 * letter case.
 * @throws FrameworkError `HOST_RULE_INVALID`
 */
export function compileHostRules(entries: readonly string[], { withSubdomains }: HostRuleOptions): HostRules {
  const exact = new Set<string>();
  const parents = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of entries) {
    if (entry.includes('/')) ranges.push(parseRange(entry));
    else if (entry.startsWith('*.')) parents.add(canonicalName(entry, entry.slice(2)));
    else {
      const name = canonicalName(entry, entry);
      exact.add(name);
      if (withSubdomains) parents.add(name);
    }
  }
  const matchesAddress = ({ text, parsed, embedded }: Address): boolean =>
    exact.has(text) ||
    (embedded !== undefined && exact.has(embedded.toString())) ||
    ranges.some(
      (range) => isInRange(parsed, range) || (embedded !== undefined && isInRange(embedded, range)),
    );
  return {
    isEmpty: entries.length === 0,
    matchesAddress,
    matchesHost: (host, address) =>
      address === undefined ? exact.has(host) || isBelow(host, parents) : matchesAddress(address),
  };
}

function isBelow(host: string, parents: ReadonlySet<string>): boolean {
  if (parents.size === 0) return false;
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
    if (parents.has(host.slice(dot + 1))) return true;
  }
  return false;
}

function isInRange(address: Address['parsed'], [network, bits]: Range): boolean {
  return address.kind() === network.kind() && address.match([network, bits]);
}

function parseRange(entry: string): Range {
  if (!ipaddr.isValidCIDR(entry)) throw invalid(entry, 'is no address range; write one such as 10.0.0.0/8');
  return ipaddr.parseCIDR(entry);
}

function canonicalName(entry: string, name: string): string {
  const address = parseAddress(name);
  if (address !== undefined) return address.text;
  if (/[:@?#*\\\s]/.test(name)) {
    throw invalid(
      entry,
      'is no host; write a name without scheme, port and path, such as example.com or *.example.com',
    );
  }
  const parsed = parseCanonicalUrl(`http://${name}/`);
  if (parsed === undefined || parsed.host === '') throw invalid(entry, 'is no host name');
  return parsed.address?.text ?? parsed.host;
}

function invalid(entry: string, problem: string): FrameworkError<'HOST_RULE_INVALID'> {
  return new FrameworkError('HOST_RULE_INVALID', `${JSON.stringify(entry)} ${problem}`);
}
