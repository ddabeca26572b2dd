import { isIPv6 } from 'node:net';
import { isAlphanumeric, isHexDigit } from '../scan/characters.js';
import type { Span } from './detector.js';

/** IPv4 in four decimal parts, with an optional prefix length. */
export const ipv4 =
  /(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\/(?:3[0-2]|[12]?\d))?(?![\w]|\.\d)/y;

const maxIpv6Length = 45;
const zone = /%[A-Za-z0-9._~-]{1,15}/y;
const prefixLength = /\/(?:12[0-8]|1[01]\d|[1-9]?\d)(?!\d)/y;

/** An IPv6 address around the colon at `colon`, with zone and prefix length. */
export function findIpv6(text: string, colon: number): Span | undefined {
  let start = colon;
  while (start > 0 && colon - start < maxIpv6Length && isAddressUnit(text.charCodeAt(start - 1))) start--;
  let end = colon + 1;
  while (end - start < maxIpv6Length && isAddressUnit(text.charCodeAt(end))) end++;
  if (isAlphanumeric(text.charCodeAt(start - 1)) || isAlphanumeric(text.charCodeAt(end))) return undefined;
  // Punctuation of the sentence around an address is not part of it.
  if (text.charAt(start) === '.' || (text.charAt(start) === ':' && text.charAt(start + 1) !== ':')) start++;
  while (text.charAt(end - 1) === '.') end--;
  if (text.charAt(end - 1) === ':' && text.charAt(end - 2) !== ':') end--;
  // `::` alone is an address too, and a type annotation more often.
  if (end - start < 3 || !isIPv6(text.slice(start, end))) return undefined;
  zone.lastIndex = end;
  end += zone.exec(text)?.[0].length ?? 0;
  prefixLength.lastIndex = end;
  return { start, end: end + (prefixLength.exec(text)?.[0].length ?? 0) };
}

function isAddressUnit(code: number): boolean {
  return code === 58 || code === 46 || isHexDigit(code);
}
