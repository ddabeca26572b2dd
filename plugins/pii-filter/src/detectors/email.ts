import { codeAt, isAlphanumeric } from '../scan/characters.js';
import type { Span } from './detector.js';

/** Longest local part and address. @see RFC 5321 section 4.5.3.1 */
const maxLocalLength = 64;
const maxDomainLength = 190;
/** Symbols of a local part. Others are legal too, but in texts they mostly stand in front of an address. */
const localSymbols = ".'+-_~";
const leadingSymbols = ".'+-~";
const percentEscape = /%[0-9A-F]{2}/iy;
const domain =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}])/iuy;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** File names such as `logo@2x.png` are no addresses. */
const imageScale = /^[1-9]x\.(?:png|jpe?g|gif|webp|svg|avif)$/i;

/** The address around the `@` at `at`. */
export function findEmail(text: string, at: number): Span | undefined {
  const start = localStart(text, at);
  if (start === at) return undefined;
  domain.lastIndex = at + 1;
  const host = domain.exec(
    text.length > at + maxDomainLength ? text.slice(0, at + maxDomainLength) : text,
  )?.[0];
  if (host === undefined || imageScale.test(host)) return undefined;
  return { start, end: at + 1 + host.length };
}

function localStart(text: string, at: number): number {
  if (codeAt(text, at - 1) === 34) return quotedStart(text, at);
  const limit = Math.max(0, at - maxLocalLength);
  let start = at;
  while (start > limit && isLocalPart(text, start - 1)) start--;
  percentEscape.lastIndex = start - 1;
  if (start > 0 && percentEscape.test(text)) start = Math.min(at, start + 2);
  while (start < at && leadingSymbols.includes(text.charAt(start))) start++;
  return isMaskRemainder(text, start, at) ? at : start;
}

/** `"john doe"@example.com` */
function quotedStart(text: string, at: number): number {
  const opening = text.lastIndexOf('"', at - 2);
  if (opening < 0 || at - opening > maxLocalLength || at - opening < 3) return at;
  return text.slice(opening, at).includes('\n') ? at : opening;
}

function isLocalPart(text: string, index: number): boolean {
  const code = codeAt(text, index);
  if (isAlphanumeric(code)) return true;
  if (code < 128) {
    return localSymbols.includes(text.charAt(index));
  }
  if (code >= 0xdc00 && code <= 0xdfff) return letterOrDigit.test(text.slice(index - 1, index + 1));
  if (code >= 0xd800 && code <= 0xdbff) return letterOrDigit.test(text.slice(index, index + 2));
  return letterOrDigit.test(text.charAt(index));
}

/** What a partial mask leaves of an address (`j***n@`) is not found again. */
function isMaskRemainder(text: string, start: number, at: number): boolean {
  return at - start <= 1 && text.slice(Math.max(0, start - 3), start) === '***';
}
