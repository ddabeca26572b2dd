import { isIPv6 } from 'node:net';
import { codeAt, isAlphanumeric, isHexDigit } from '../scan/characters.js';
import type { Span } from './detector.js';

/** Four decimal parts, with an optional prefix length. */
const ipv4 =
  /(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\/(?:3[0-2]|[12]?\d))?(?![\w]|\.\d)/y;

/** What makes four parts a version. */
const versionBefore = /(?:version|release|build|firmware|driver)[ :=v]{0,3}$/i;
const longestVersionWord = 12;

/** An IPv4 address at `start`, unless it is a version of something. */
export function findIpv4(text: string, start: number): Span | undefined {
  ipv4.lastIndex = start;
  if (!ipv4.test(text)) return undefined;
  const end = ipv4.lastIndex;
  return versionBefore.test(text.slice(Math.max(0, start - longestVersionWord), start))
    ? undefined
    : { start, end };
}

const maxIpv6Length = 45;
/** Of an address that is written in full, with an IPv4 address at its end. */
const fewestColons = 6;
const zone = /%[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,13}[A-Za-z0-9])?/y;
const prefixLength = /\/(?:12[0-8]|1[01]\d|[1-9]?\d)(?!\d)/y;

/** An IPv6 address around the colon at `colon`, with zone and prefix length. */
export function findIpv6(text: string, colon: number): Span | undefined {
  let start = colon;
  while (start > 0 && colon - start < maxIpv6Length && isAddressUnit(codeAt(text, start - 1))) start--;
  let end = colon + 1;
  while (end - start < maxIpv6Length && isAddressUnit(codeAt(text, end))) end++;
  if (isAlphanumeric(codeAt(text, start - 1)) || isAlphanumeric(codeAt(text, end))) return undefined;
  // Punctuation of the sentence around an address is not part of it.
  if (text.charAt(start) === '.' || (text.charAt(start) === ':' && text.charAt(start + 1) !== ':')) start++;
  while (text.charAt(end - 1) === '.') end--;
  if (text.charAt(end - 1) === ':' && text.charAt(end - 2) !== ':') end--;
  // `::` and `a::b` are addresses too, and code more often.
  const address = text.slice(start, end);
  if (!mayBeIpv6(address) || !isIPv6(address)) return undefined;
  zone.lastIndex = end;
  end += zone.exec(text)?.[0].length ?? 0;
  prefixLength.lastIndex = end;
  return { start, end: end + (prefixLength.exec(text)?.[0].length ?? 0) };
}

/** A quick look, for the many times of day. */
function mayBeIpv6(address: string): boolean {
  if (address.includes('::')) return /\d/.test(address);
  let colons = 0;
  for (let at = address.indexOf(':'); at >= 0; at = address.indexOf(':', at + 1)) colons++;
  return colons >= fewestColons;
}

function isAddressUnit(code: number): boolean {
  return code === 58 || code === 46 || isHexDigit(code);
}
