import { isPlainObject } from './plain.js';

/** One place where two versions of a payload differ. `after` is absent where the place is gone. */
export interface Change {
  /** Keys and array indices from the root. */
  readonly path: readonly string[];
  readonly after?: unknown;
  readonly isRemoval: boolean;
}

/** Places that differ, as leaves: an array of other length is one place. Both values are isolated payloads. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  collect(before, after, [], changes);
  return changes;
}

/** Whether two isolated values are the same data. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  return (
    left !== null && right !== null && typeof left === 'object' && changesBetween(left, right).length === 0
  );
}

/** JSON pointer (RFC 6901) of a path. */
export function toPointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Whether one place is the other, or inside it. */
export function overlaps(left: readonly string[], right: readonly string[]): boolean {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** A copy of `base` with the changes made; what lies on no changed path is shared. */
export function applyChanges(base: unknown, changes: readonly Change[]): unknown {
  let result = base;
  for (const change of changes) result = applyAt(result, change, 0);
  return result;
}

function applyAt(base: unknown, change: Change, depth: number): unknown {
  const key = change.path[depth];
  if (key === undefined) return change.after;
  if (Array.isArray(base)) {
    const copy: unknown[] = [...base];
    copy[Number(key)] = applyAt(base[Number(key)], change, depth + 1);
    return copy;
  }
  const entries = Object.entries(base as Record<string, unknown>).filter(([name]) => name !== key);
  const isLast = depth === change.path.length - 1;
  if (!(isLast && change.isRemoval)) {
    entries.push([key, applyAt((base as Record<string, unknown>)[key], change, depth + 1)]);
  }
  // fromEntries defines own properties, so `__proto__` stays a key.
  return Object.fromEntries(entries);
}

function collect(before: unknown, after: unknown, path: readonly string[], changes: Change[]): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (let index = 0; index < before.length; index++) {
      collect(before[index], after[index], [...path, String(index)], changes);
    }
    return;
  }
  if (isObject(before) && isObject(after)) {
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) changes.push({ path: [...path, key], isRemoval: true });
      else collect(before[key], after[key], [...path, key], changes);
    }
    for (const key of Object.keys(after)) {
      if (!Object.hasOwn(before, key))
        changes.push({ path: [...path, key], after: after[key], isRemoval: false });
    }
    return;
  }
  changes.push({ path, after, isRemoval: false });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isPlainObject(value);
}
