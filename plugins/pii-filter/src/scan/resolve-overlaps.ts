import type { Candidate } from './candidate.js';

/**
 * The one place where overlapping finds of all types meet. The best of a group wins: highest score, then longest,
 * then type and detector by name, so the order of detectors does not matter. Its span grows over the whole group:
 * no character of any find is left out.
 */
export function resolveOverlaps(candidates: Candidate[]): Candidate[] {
  if (areDisjoint(candidates)) return candidates;
  const sorted = candidates.sort((left, right) => left.start - right.start);
  const resolved: Candidate[] = [];
  for (let first = 0; first < sorted.length;) {
    let end = sorted[first]?.end ?? 0;
    let next = first + 1;
    for (
      let candidate = sorted[next];
      candidate !== undefined && candidate.start < end;
      candidate = sorted[++next]
    ) {
      end = Math.max(end, candidate.end);
    }
    const winner = best(sorted, first, next);
    if (winner !== undefined) resolved.push(stretch(winner, sorted, first, next, end));
    first = next;
  }
  return resolved;
}

function best(sorted: readonly Candidate[], from: number, to: number): Candidate | undefined {
  let winner = sorted[from];
  for (let index = from + 1; index < to; index++) {
    const candidate = sorted[index];
    if (candidate !== undefined && winner !== undefined && isBetter(candidate, winner)) winner = candidate;
  }
  return winner;
}

/** The winner of a group over the whole group; it keeps its value only if that is all of it. */
function stretch(
  winner: Candidate,
  sorted: readonly Candidate[],
  from: number,
  to: number,
  end: number,
): Candidate {
  const start = sorted[from]?.start ?? winner.start;
  let isWhole = winner.start === start && winner.end === end;
  for (let index = from; index < to; index++) {
    const candidate = sorted[index];
    if (candidate?.value === undefined && candidate?.encoded === undefined) isWhole = false;
  }
  if (isWhole) return winner;
  const { type, detector, score } = winner;
  return { type, detector, start, end, score, value: undefined, encoded: undefined };
}

function isBetter(left: Candidate, right: Candidate): boolean {
  if (left.score !== right.score) return left.score > right.score;
  const longer = left.end - left.start - (right.end - right.start);
  if (longer !== 0) return longer > 0;
  if (left.type !== right.type) return left.type < right.type;
  return left.detector !== right.detector ? left.detector < right.detector : left.start < right.start;
}

/** Whether candidates are in order and none shares a character with another: the case of most texts. */
export function areDisjoint(candidates: readonly Candidate[]): boolean {
  let end = 0;
  for (const candidate of candidates) {
    if (candidate.start < end) return false;
    ({ end } = candidate);
  }
  return true;
}

/** Indexes of candidates that share a character with another one. */
export function overlapping(candidates: readonly Candidate[]): ReadonlySet<number> {
  const inOrder = candidates
    .map(({ start, end }, index) => ({ start, end, index }))
    .sort((left, right) => left.start - right.start);
  const indexes = new Set<number>();
  let last = inOrder[0];
  for (const candidate of inOrder.slice(1)) {
    if (last !== undefined && candidate.start < last.end) indexes.add(last.index).add(candidate.index);
    if (last === undefined || candidate.end > last.end) last = candidate;
  }
  return indexes;
}
