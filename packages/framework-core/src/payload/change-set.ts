import { isObject, isSame } from './is-same.js';

/** One place where two versions of a payload differ. `after` is absent where the place is gone. */
export interface Change {
  /** Keys and array indices from the root. */
  readonly path: readonly string[];
  readonly after?: unknown;
  readonly isRemoval: boolean;
}

/** Places that differ, as leaves: an array of other length or order is one place. Both values are isolated payloads. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  collect(before, after, [], changes);
  return changes;
}

/** JSON pointer (RFC 6901) of a path. */
export function toPointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function collect(before: unknown, after: unknown, path: readonly string[], changes: Change[]): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    if (isReordered(before, after)) {
      changes.push({ path, after, isRemoval: false });
      return;
    }
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

/** Objects that moved among more than so many changed ones are not looked for: the array counts as one place. */
const maxComparedObjects = 64;

/** Whether an item that was at another index takes the place of one. Then the places are no longer the same things. */
function isReordered(before: readonly unknown[], after: readonly unknown[]): boolean {
  const leaves = new Set<unknown>();
  const objects: unknown[] = [];
  const changed: unknown[] = [];
  for (const [index, item] of before.entries()) {
    if (isSame(item, after[index])) continue;
    changed.push(after[index]);
    if (typeof item === 'object' && item !== null) objects.push(item);
    else leaves.add(item);
  }
  if (changed.length < 2) return false;
  return changed.some((item) => {
    if (typeof item !== 'object' || item === null) return leaves.has(item);
    return objects.length > maxComparedObjects || objects.some((object) => isSame(object, item));
  });
}
