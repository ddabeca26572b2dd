import { domainToASCII } from 'node:url';
import { type Address, parseAddress } from './address.js';
import { parseUrl } from './parse-url.js';

/** A URI as the policy looks at it. */
export interface CanonicalUrl {
  readonly url: URL;
  /** Scheme in lower case, without the colon. */
  readonly protocol: string;
  /** Lower case, ASCII, no brackets, no port, no dots at its end; empty when the URI names no host. */
  readonly host: string;
  /** The address, when the host is one in whatever spelling. */
  readonly address: Address | undefined;
}

/**
 * Reads a URI as a WHATWG URL and puts its host into the one form in which hosts are compared: decimal, octal,
 * hexadecimal and short IPv4, percent-encoding, full-width letters, userinfo, ports and trailing dots are no disguise.
 * Undefined when it is no absolute URI.
 * @see https://url.spec.whatwg.org/
 */
export function parseCanonicalUrl(text: string): CanonicalUrl | undefined {
  const url = parseUrl(text);
  if (url === undefined) return undefined;
  const protocol = url.protocol.slice(0, -1);
  const host = canonicalHost(url, protocol);
  return { url, protocol, host, address: parseAddress(host) };
}

/**
 * The scheme of a URI that cannot be parsed for no other reason than a label with an invalid `xn--` part. Newer
 * parsers take such labels, so this is how old and new ones agree on what is wrong with `file://xn--/`.
 */
export function schemeOfInvalidLabel(text: string): string | undefined {
  if (!/xn--/i.test(text)) return undefined;
  return parseUrl(text.replace(/xn--/gi, 'xn0-'))?.protocol.slice(0, -1);
}

/** Schemes whose hosts the URL parser itself canonicalises. */
const specialSchemes = new Set(['http', 'https', 'ws', 'wss', 'ftp', 'file']);

function canonicalHost(url: URL, protocol: string): string {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  return specialSchemes.has(protocol) ? host : canonicalOpaqueHost(host);
}

/** Hosts of other schemes come as they were written. A bare number (`ticket://42`) is a name there, not an address. */
function canonicalOpaqueHost(host: string): string {
  const lower = decodeHost(host).toLowerCase();
  if (lower === '' || lower.includes(':') || /^(?:0x[\da-f]+|\d+)$/.test(lower)) return lower;
  const ascii = domainToASCII(lower);
  return ascii === '' ? lower : ascii.replace(/\.+$/, '');
}

function decodeHost(host: string): string {
  try {
    return decodeURIComponent(host);
  } catch {
    return host;
  }
}
