import { viewsOf } from '../normalise/views-of.js';
import type { AsciiScanner, ScanRequest } from './ascii-scanner.js';
import type { Candidate } from './candidate.js';
import { resolveOverlaps, type ResolvedSpan } from './resolve-overlaps.js';

const markOrLowSurrogate = /^[\p{M}\udc00-\udfff]/u;

/** Finds values in a text as it is written and in its readings, and settles overlaps among all of them. */
export function scanText(text: string, scanner: AsciiScanner, request: ScanRequest): ResolvedSpan[] {
  const candidates: Candidate[] = scanner.scan(text, request);
  for (const view of viewsOf(text)) {
    for (const candidate of scanner.scan(view.text, request)) {
      candidates.push({ ...candidate, ...view.original(candidate.start, candidate.end) });
    }
  }
  if (candidates.length === 0) return [];
  return resolveOverlaps(
    candidates.map((candidate) => ({ ...candidate, end: wholeCharacter(text, candidate.end) })),
  );
}

/** A span ends behind the marks that belong to its last character. */
function wholeCharacter(text: string, end: number): number {
  let at = end;
  while (at < text.length && text.charCodeAt(at) > 127 && markOrLowSurrogate.test(text.slice(at, at + 2))) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
