import type { Candidate } from './candidate.js';

/** A candidate that won, stretched over every candidate that it overlaps. */
export interface ResolvedSpan extends Candidate {
  /** Whether the span is longer than the winner's own. */
  readonly isStretched: boolean;
}

/**
 * The one place where overlapping finds of all types meet. The best of a group wins: highest score, then longest,
 * then type and detector by name, so the order of detectors does not matter. Its span grows over the whole group:
 * no character of any find is left out.
 */
export function resolveOverlaps(candidates: readonly Candidate[]): ResolvedSpan[] {
  const sorted = candidates.toSorted((left, right) => left.start - right.start);
  const resolved: ResolvedSpan[] = [];
  let group: Candidate[] = [];
  let end = -1;
  for (const candidate of sorted) {
    if (group.length > 0 && candidate.start >= end) {
      resolved.push(merge(group, end));
      group = [];
    }
    group.push(candidate);
    end = group.length === 1 ? candidate.end : Math.max(end, candidate.end);
  }
  if (group.length > 0) resolved.push(merge(group, end));
  return resolved;
}

function merge(group: readonly Candidate[], end: number): ResolvedSpan {
  const winner = group.reduce((best, candidate) => (isBetter(candidate, best) ? candidate : best));
  const start = group[0]?.start ?? winner.start;
  return { ...winner, start, end, isStretched: start < winner.start || end > winner.end };
}

function isBetter(left: Candidate, right: Candidate): boolean {
  if (left.score !== right.score) return left.score > right.score;
  const longer = left.end - left.start - (right.end - right.start);
  if (longer !== 0) return longer > 0;
  if (left.type !== right.type) return left.type < right.type;
  return left.detector !== right.detector ? left.detector < right.detector : left.start < right.start;
}
