import type { Change } from './change-set.js';
import { isSame } from './change-set.js';

interface Place {
  readonly below: Map<string, Place>;
  change: Change | undefined;
}

/** Changes by place, so that one more is compared with those on its way only, however many there are. */
export class ChangeIndex {
  private readonly root: Place = { below: new Map(), change: undefined };

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

  add(changes: readonly Change[]): void {
    for (const change of changes) {
      let place = this.root;
      for (const key of change.path) {
        let next = place.below.get(key);
        if (next === undefined) place.below.set(key, (next = { below: new Map(), change: undefined }));
        place = next;
      }
      place.change = change;
    }
  }
}
