import type { Change } from './change-set.js';
import { isSame } from './is-same.js';
import { setOwn } from './plain.js';

interface Place {
  readonly below: Map<string, Place>;
  change: Change | undefined;
}

/** Changes by place, so that one more meets those on its way only, however many there are. */
export class ChangeIndex {
  private readonly root: Place = newPlace();

  /** Whether a change is at, above or below a place that another one set to another value. */
  conflictsWith(change: Change): boolean {
    let place = this.root;
    for (const key of change.path) {
      if (place.change !== undefined) return true;
      const next = place.below.get(key);
      if (next === undefined) return false;
      place = next;
    }
    if (place.below.size > 0) return true;
    const other = place.change;
    return (
      other !== undefined && (other.isRemoval !== change.isRemoval || !isSame(other.after, change.after))
    );
  }

  add(changes: readonly Change[]): this {
    for (const change of changes) {
      let place = this.root;
      for (const key of change.path) {
        let next = place.below.get(key);
        if (next === undefined) place.below.set(key, (next = newPlace()));
        place = next;
      }
      place.change = change;
    }
    return this;
  }

  /** A copy of `base` with the changes made; what lies on no changed path is shared. */
  applyTo(base: unknown): unknown {
    return applyAt(base, this.root);
  }
}

/** A copy of `base` with changes made that do not lie inside of one another. */
export function applyChanges(base: unknown, changes: readonly Change[]): unknown {
  return new ChangeIndex().add(changes).applyTo(base);
}

function newPlace(): Place {
  return { below: new Map(), change: undefined };
}

function applyAt(base: unknown, { below, change }: Place): unknown {
  if (change !== undefined) return change.after;
  if (below.size === 0) return base;
  if (Array.isArray(base)) {
    const items: readonly unknown[] = base;
    return items.map((item, index) => {
      const place = below.get(String(index));
      return place === undefined ? item : applyAt(item, place);
    });
  }
  const fields = base as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    const place = below.get(key);
    if (place === undefined) setOwn(copy, key, fields[key]);
    else if (place.change?.isRemoval !== true) setOwn(copy, key, applyAt(fields[key], place));
  }
  for (const [key, place] of below) {
    if (!Object.hasOwn(fields, key) && place.change?.isRemoval !== true)
      setOwn(copy, key, place.change?.after);
  }
  return copy;
}
