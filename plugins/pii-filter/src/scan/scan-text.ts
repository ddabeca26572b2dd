import type { Span } from '../detectors/detector.js';
import { findEncodedRuns, isRunUnit } from '../normalise/encoded-runs.js';
import type { TextView } from '../normalise/text-view.js';
import { viewsOf } from '../normalise/views-of.js';
import type { AsciiScan } from './ascii-scan.js';
import type { AsciiScanner, ScanRequest } from './ascii-scanner.js';
import type { Candidate } from './candidate.js';
import { codeAt } from './characters.js';
import { resolveOverlaps } from './resolve-overlaps.js';

const markOrLowSurrogate = /^[\p{M}\udc00-\udfff]/u;
/** Levels of base64 and hex in one another that are opened. */
const maxEncodedLevels = 2;

/** Finds values in a text as it is written, in its readings and in encoded runs, and settles overlaps among all. */
export function scanText(text: string, scanner: AsciiScanner, request: ScanRequest, level = 0): Candidate[] {
  const scan = scanner.scan(text, request);
  const { candidates } = scan;
  addEncoded(scan, text, scanner, request, level);
  const views = viewsOf(text);
  for (const view of views) {
    const found = scanner.scan(view.text, request);
    if (view.resolvesEscapes) addEncoded(found, view.text, scanner, request, level, view);
    for (const candidate of found.candidates) candidates.push(inOriginal(candidate, view));
  }
  if (candidates.length === 0) return candidates;
  return resolveOverlaps(
    views.length === 0 ? candidates : candidates.map((candidate) => withMarks(candidate, text)),
  );
}

/** UTF-16 units around a change in which finds may be new: longest value and the words around it. */
const nearChange = 192;
/** As many again are read around them, so that what is near is read as in the whole text. */
const context = 96;

/**
 * Finds values near changed spans of a text that was scanned before, sorted and disjoint spans given. Encoded runs are
 * not opened, unless a change touches one.
 */
export function scanNear(
  text: string,
  changes: readonly Span[],
  scanner: AsciiScanner,
  request: ScanRequest,
): Candidate[] {
  if (changes.some((change) => isGlued(text, change))) return scanText(text, scanner, request);
  const found: Candidate[] = [];
  for (let first = 0; first < changes.length;) {
    const from = Math.max(0, (changes[first]?.start ?? 0) - nearChange);
    let to = 0;
    for (
      let change = changes[first];
      change !== undefined && (to === 0 || change.start - nearChange <= to + context);
      change = changes[++first]
    ) {
      to = Math.min(text.length, change.end + nearChange);
    }
    const start = Math.max(0, from - context);
    const isWhole = start === 0 && to + context >= text.length;
    const part = isWhole ? text : text.slice(start, to + context);
    for (const candidate of scanText(
      part,
      scanner,
      start === 0 ? request : { ...request, label: noLabel },
      maxEncodedLevels,
    )) {
      if (candidate.start + start < to && candidate.end + start > from) found.push(moved(candidate, start));
    }
  }
  return found;
}

/** Whether what was changed stood beside a character of an encoded run, which may be another run now. */
function isGlued(text: string, { start, end }: Span): boolean {
  return isRunUnit(codeAt(text, start - 1)) || isRunUnit(codeAt(text, end));
}

function noLabel(): string {
  return '';
}

function moved(candidate: Candidate, by: number): Candidate {
  if (by === 0) return candidate;
  const { type, detector, start, end, score, value, encoded } = candidate;
  return { type, detector, start: start + by, end: end + by, score, value, encoded };
}

function addEncoded(
  { candidates, hexTokens }: AsciiScan,
  text: string,
  scanner: AsciiScanner,
  request: ScanRequest,
  level: number,
  view?: TextView,
): void {
  if (level === maxEncodedLevels) return;
  for (const run of findEncodedRuns(text, hexTokens)) {
    // What is written as it is read was looked at there.
    if (view !== undefined && !view.differsIn(run.start, run.end)) continue;
    const spans = scanText(run.text, scanner, request, level + 1);
    const [first] = spans.toSorted((left, right) => right.score - left.score);
    if (first === undefined) continue;
    const { type, detector, score } = first;
    const { start, end } = run;
    candidates.push({ type, detector, start, end, score, value: undefined, encoded: { run, spans } });
  }
}

/** A find of a view with its place in the text as it is written. A run that is escaped besides is masked whole. */
function inOriginal({ type, detector, start, end, score, value }: Candidate, view: TextView): Candidate {
  const span = view.original(start, end);
  return { type, detector, start: span.start, end: span.end, score, value, encoded: undefined };
}

/** A span ends behind the marks that belong to its last character. */
function withMarks(candidate: Candidate, text: string): Candidate {
  let { end } = candidate;
  while (
    end < text.length &&
    text.charCodeAt(end) > 127 &&
    markOrLowSurrogate.test(text.slice(end, end + 2))
  ) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  if (end === candidate.end) return candidate;
  const { type, detector, start, score, value, encoded } = candidate;
  return { type, detector, start, end, score, value, encoded };
}
